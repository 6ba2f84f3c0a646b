import ArgumentParser
import FinetuneAPI
import Identifiers
import Testing

@testable import finetunectl

@Suite("Watching a finetuning")
struct FinetuningWatchTests {
    private static let id = ObjectID(seconds: 3, suffix: 4)

    private func watch(
        ending: FinetuningStatus, model: String? = nil, json: Bool = false
    ) async throws -> Performance {
        try await PlayedDaemon.run(json: json) { request in
            if request.path.hasSuffix("/\(Self.id)") {
                return .reply(status: 200, .wire(Finetuning.sample(Self.id, ending, model: model)))
            }
            let events = (1...4).map { JSONValue.wire(FinetuningEvent.sample("event \($0)", sequence: $0)) }
            let end = JSONValue.wire(EventsEnd(lastSequence: 4, status: ending))
            // The first connection breaks after two events.
            return request.path.contains("after=2")
                ? .stream(Array(events[2...]), end: end) : .stream(Array(events[..<2]), end: nil)
        } _: { session in
            try await FinetuningWatchCommand.parse([Self.id.description]).run(in: session)
        }
    }

    @Test("a broken connection costs no event and repeats none; the model's id comes last")
    func reconnects() async throws {
        let performance = try await watch(ending: .succeeded, model: "ft:gpt:shop")
        let lines = performance.output.split(separator: "\n")
        #expect(lines.dropLast().map { $0.suffix(7) } == ["event 1", "event 2", "event 3", "event 4"])
        #expect(lines.last == "ft:gpt:shop")
        #expect(performance.remarks.contains("The connection to the daemon was lost; trying again."))
        #expect(performance.status == 0)
    }

    @Test("a finetuning that ends badly ends the program with 4", arguments: [FinetuningStatus.failed, .cancelled])
    func endsBadly(_ ending: FinetuningStatus) async throws {
        let performance = try await watch(ending: ending)
        #expect(performance.status == 4)
        #expect(performance.remarks.contains("ended \(ending.rawValue)"))
    }

    @Test("with --json each line is one event")
    func json() async throws {
        let lines = try await watch(ending: .succeeded, model: "ft:gpt:shop", json: true).output.split(separator: "\n")
        #expect(try lines.map { try JSONParser.parse($0.utf8)["sequence"] } == [1, 2, 3, 4])
    }
}

extension Finetuning {
    /// A finetuning whose unimportant fields are filled in.
    static func sample(_ id: ObjectID, _ status: FinetuningStatus, model: String? = nil) -> Finetuning {
        Finetuning(
            id: id, alias: "shop-v2", databaseConnection: ObjectID(seconds: 1, suffix: 1), status: status, error: nil,
            baseLLM: BaseLLM(), fileID: nil, jobID: nil, modelID: model, createdAt: Timestamp(microseconds: 0),
            goldenRecords: [], metadata: nil, schemas: [], updatedAt: Timestamp(microseconds: 0), step: .done,
            obstacle: nil, cancelRequested: false, trainingFile: nil,
            lineage: Lineage(
                catalogueDate: "2026-07-02", vocabulary: "o200k_base", tokensPerExample: 65_536,
                modelParameters: ModelParameters(), seed: 0, serialiserVersion: nil, schemaFingerprint: nil,
                redaction: nil, datasetSHA256: nil, datasetTokens: nil))
    }
}
