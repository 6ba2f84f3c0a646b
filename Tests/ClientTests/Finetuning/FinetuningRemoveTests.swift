import ArgumentParser
import FinetuneAPI
import Identifiers
import Synchronization
import Testing

@testable import finetunectl

@Suite("Removing a finetuning")
struct FinetuningRemoveTests {
    private static let id = "000000010000000000000003"

    private func remove(_ arguments: [String], fileThen state: String, error: String? = nil) async throws -> Performance
    {
        try await PlayedDaemon.run(typed: nil) { request in
            request.method == .delete
                ? .reply(status: 200, .removal)
                : .reply(status: 200, .objects(file: state, error: error))
        } _: { session in
            try await FinetuningRemove.parse([Self.id] + arguments).run(in: session)
        }
    }

    @Test("says what the provider removed, and what stays there")
    func removed() async throws {
        let performance = try await remove(["--remote"], fileThen: "removed")
        #expect(
            performance.output == """
                removed finetuning \(Self.id)
                at openai: file file-1 removed
                at openai: model ft:1 stays

                """)
    }

    @Test("says what the provider did not remove, why, and what happens next")
    func providerIsDown() async throws {
        let performance = try await remove(["--remote"], fileThen: "removing", error: "connection refused")
        #expect(performance.output.contains("at openai: file file-1 not removed yet: connection refused\n"))
        #expect(performance.output.contains("The daemon tries again"))
        #expect(performance.output.hasSuffix("finetunectl provider-object list --finetuning \(Self.id)\n"))
    }

    @Test("says that it is removed, and what was told of the provider, though the daemon goes away just then")
    func daemonGoesAway() async throws {
        let performance = try await PlayedDaemon.run(typed: nil) { request in
            request.method == .delete ? .reply(status: 200, .removal) : .stream([], end: nil)
        } _: { session in
            try await FinetuningRemove.parse([Self.id, "--remote"]).run(in: session)
        }
        #expect(performance.status == 0)
        #expect(performance.output.hasPrefix("removed finetuning \(Self.id)\n"))
        #expect(performance.output.contains("at openai: file file-1 not removed yet: no answer so far\n"))
        #expect(performance.output.hasSuffix("finetunectl provider-object list --finetuning \(Self.id)\n"))
    }

    @Test("a daemon of a version before, which does not tell what it leaves at the provider, is understood")
    func olderDaemon() async throws {
        let performance = try await PlayedDaemon.run(typed: nil) { _ in
            .reply(status: 200, ["id": .string(Self.id), "deleted": true])
        } _: { session in
            try await FinetuningRemove.parse([Self.id]).run(in: session)
        }
        #expect(performance.status == 0 && performance.output == "removed finetuning \(Self.id)\n")
    }
}

extension JSONValue {
    fileprivate static let removal: JSONValue = [
        "id": "000000010000000000000003", "deleted": true, "provider_objects": .objects(file: "removing"),
    ]

    fileprivate static func objects(file state: String, error: String? = nil) -> JSONValue {
        [object("file", "file-1", state, error), object("model", "ft:1", "present", nil)]
    }

    private static func object(_ kind: JSONValue, _ id: JSONValue, _ state: String, _ error: String?) -> JSONValue {
        [
            "provider": "openai", "kind": kind, "id": id, "state": .string(state),
            "finetuning_id": "000000010000000000000003", "finetuning_alias": "shop",
            "db_connection_id": "000000010000000000000002", "origin": "made",
            "created_at": "2026-11-25T19:00:00.000000", "age_seconds": 60, "removed_at": .null,
            "error": error.map(JSONValue.string) ?? .null,
        ]
    }
}
