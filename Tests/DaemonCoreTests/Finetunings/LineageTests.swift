import Identifiers
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("what a finetuning is made with", .timeLimit(.minutes(5)))
struct LineageTests {
    private func order(
        _ connection: ObjectID, alias: String, seed: Int? = nil, of daemon: TestDaemon
    ) async throws -> Wire.Finetuning {
        let ordered = try await daemon.client.call(
            Routes.createFinetuning,
            body: NewFinetuning(databaseConnection: connection, alias: alias, seed: seed))
        return try await daemon.end(of: ordered.id)
    }

    @Test("reads back with the finetuning, and makes the same training file again")
    func sameAgain() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let plan = try await daemon.client.call(
                Routes.planFinetuning, body: NewFinetuning(databaseConnection: library.connection.id))
            let first = try await order(library.connection.id, alias: "first", seed: 7, of: daemon)
            let second = try await order(library.connection.id, alias: "second", of: daemon)
            #expect(first.trainingFile?.sha256 == second.trainingFile?.sha256)
            #expect(first.lineage.datasetSHA256 == first.trainingFile?.sha256)
            #expect(first.lineage.datasetTokens == plan.tokens?.total)
            #expect(first.lineage.schemaFingerprint == plan.schemaFingerprint)
            #expect(first.lineage.serialiserVersion == plan.serialiserVersion)
            #expect(first.lineage.redaction == .masked)
            #expect(first.lineage.seed == 7 && second.lineage.seed == 0)
            #expect(first.lineage.catalogueDate == "1970-01-01" && first.lineage.vocabulary == "o200k_base")
            #expect(first.lineage.tokensPerExample == 65_536)
            #expect(first.lineage.modelParameters.epochs == "3")
        }
    }

    @Test("values leave the host only as the connection says, and the plan says so before")
    func redaction() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            func change(_ redaction: Wire.Redaction) async throws -> FinetuningPlan {
                let changed = try await daemon.client.call(
                    Routes.changeConnection, library.connection.id,
                    body: DatabaseConnectionChanges(redaction: redaction))
                #expect(changed.redaction == redaction)
                return try await daemon.client.call(
                    Routes.planFinetuning, body: NewFinetuning(databaseConnection: library.connection.id))
            }
            #expect(library.connection.redaction == .masked)
            let masked = try await order(library.connection.id, alias: "masked", of: daemon)
            let text = try await daemon.trainingFile(of: masked.id).map(\.text).joined()
            #expect(!text.contains("Pamuk") && text.contains("Xxxxx Xxxxx") && text.contains("Jerusalem"))

            let full = try await change(.full)
            #expect(full.leaving.columns.contains { $0.column == "name" && $0.personal && $0.form == .plain })
            #expect(full.problems.map(\.code).contains("personal_values_leave"))
            let open = try await order(library.connection.id, alias: "full", of: daemon)
            #expect(try await daemon.trainingFile(of: open.id).map(\.text).joined().contains("Pamuk"))

            let nothing = try await change(.nothing)
            #expect(nothing.leaving.columns.isEmpty && nothing.leaving.redaction == .nothing)
            #expect(nothing.schemaFingerprint != full.schemaFingerprint)
            let closed = try await order(library.connection.id, alias: "none", of: daemon)
            #expect(!(try await daemon.trainingFile(of: closed.id)).map(\.text).joined().contains("Jerusalem"))
        }
    }

    @Test("a record that no example can be made of is left out, told of, and the job goes on")
    func tooLong() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let long = try await daemon.addRecord(
                "SELECT title FROM books WHERE genre = '\(String(repeating: "long ", count: 70_000))'",
                to: library.connection.id)
            let plan = try await daemon.client.call(
                Routes.planFinetuning, body: NewFinetuning(databaseConnection: library.connection.id))
            #expect(plan.excluded.map(\.goldenRecord) == [long.id] && plan.ready)
            let ended = try await order(library.connection.id, alias: "long", of: daemon)
            #expect(ended.status == .succeeded && ended.trainingFile?.examples == 12)
            let told = try await daemon.events(of: ended.id).filter { $0.event == "records_left_out" }
            #expect(told.map(\.message).joined().contains("the model takes 65536"))
        }
    }
}
