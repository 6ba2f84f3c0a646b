import Identifiers
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("models by alias", .timeLimit(.minutes(5)))
struct ServedModelTests {
    @Test("a read after a promotion never shows the model before")
    func readsAreFresh() async throws {
        try await withModels { daemon, finetunings in
            for round in 0..<40 {
                let finetuning = finetunings[round % finetunings.count]
                let promoted = try await daemon.promote(finetuning)
                #expect(promoted.version == round + 1)
                for _ in 0..<3 { #expect(try await daemon.model() == promoted) }
            }
        }
    }

    @Test("whoever follows an alias is told of the model at once, and of each that comes")
    func following() async throws {
        try await withModels { daemon, finetunings in
            _ = try await daemon.promote(finetunings[0])
            let follower = try await daemon.connect()
            let lines = follower.stream(.get, "/api/v1/models/sales?follow=true").makeAsyncIterator()
            #expect(try await lines.next()?.body["version"] == 1)
            _ = try await daemon.promote(finetunings[1])
            #expect(try await lines.next()?.body["finetuning_id"] == .id(finetunings[1]))
            _ = try await daemon.client.call(Routes.rollBackModel, "sales", body: Rollback())
            #expect(try await lines.next()?.body["finetuning_id"] == .id(finetunings[0]))
            _ = try await daemon.client.call(Routes.deleteModel, "sales")
            let end = try #require(try await lines.next())
            #expect(try end.refusal().code == .modelNotFound)
            await follower.close()
        }
    }

    @Test("the end of the daemon ends the stream with a line that says so")
    func shutdown() async throws {
        try await withModels { daemon, finetunings in
            _ = try await daemon.promote(finetunings[0])
            let follower = try await daemon.connect()
            let lines = follower.stream(.get, "/api/v1/models/sales?follow=true").makeAsyncIterator()
            _ = try await lines.next()
            daemon.core.stopServing()
            #expect(try await lines.next()?.refusal().code == .shuttingDown)
            await follower.close()
        }
    }

    @Test("an idempotency key makes one promotion of two requests")
    func repetition() async throws {
        try await withModels { daemon, finetunings in
            let body: JSONValue = ["finetuning_id": .id(finetunings[0])]
            var replies: [Reply] = []
            for _ in 0..<2 {
                replies.append(
                    try await daemon.client.send(
                        .post, "/api/v1/models/sales/promote", body: body, idempotencyKey: "once"))
            }
            #expect(replies[0].body == replies[1].body)
            #expect(try await daemon.model().version == 1)
        }
    }

    private func withModels(_ test: (TestDaemon, [ObjectID]) async throws -> Void) async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            var finetunings: [ObjectID] = []
            for alias in ["first", "second"] {
                let order = try await daemon.order(library.connection.id, alias: alias)
                finetunings.append(try await daemon.end(of: order.id).id)
            }
            try await test(daemon, finetunings)
        }
    }
}

extension TestDaemon {
    /// Lets the alias `sales` stand for a finetuning's model.
    func promote(_ finetuning: ObjectID) async throws -> Wire.ServedModel {
        try await client.call(Routes.promoteModel, "sales", body: Promotion(finetuning: finetuning))
    }

    /// What the alias `sales` stands for.
    func model() async throws -> Wire.ServedModel {
        try await client.call(Routes.readModel, "sales", query: ServedModelQuery())
    }
}
