import Identifiers
import Jobs
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("records held out from training", .timeLimit(.minutes(5)))
struct HeldOutTests {
    /// Records of many forms of SQL: the split goes by them.
    private func addVaried(_ count: Int, from first: Int = 0, to library: Library, of daemon: TestDaemon) async throws {
        let made = try await daemon.client.call(
            Routes.createRecords,
            body: (first..<first + count).map { number in
                NewGoldenRecord(
                    databaseConnection: library.connection.id, promptText: "Which books are there but \(number)?",
                    sql: "SELECT title FROM books WHERE year > 1"
                        + String(repeating: " AND year <> 2", count: number))
            })
        #expect(made.allSatisfy { $0.check.status == .valid })
    }

    @Test("are sent as the validation file, and never trained on")
    func validationFileIsSent() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary(records: 0)
            try await addVaried(60, to: library, of: daemon)
            let order = NewFinetuning(databaseConnection: library.connection.id, validationFraction: 0.3)
            let plan = try await daemon.client.call(Routes.planFinetuning, body: order)
            let made = try await daemon.client.call(Routes.createFinetuning, body: order)
            let ended = try await daemon.end(of: made.id)

            #expect(ended.status == .succeeded && ended.validationFraction == 0.3)
            #expect(!made.validationGoldenRecords.isEmpty)
            #expect(Set(made.goldenRecords).isDisjoint(with: made.validationGoldenRecords))
            #expect(made.goldenRecords.count + made.validationGoldenRecords.count == 60)
            #expect(ended.validationFile?.examples == made.validationGoldenRecords.count)
            #expect(plan.ready && plan.examples == made.goldenRecords.count)
            #expect(plan.validationExamples == ended.validationFile?.examples)
            #expect(plan.validationFileBytes == ended.validationFile?.bytes)
            #expect(plan.trainingFileBytes == ended.trainingFile?.bytes)

            let request = try #require(await daemon.provider.jobs.first?.request)
            #expect(request.trainingFile.rawValue == ended.fileID)
            #expect(request.validationFile?.rawValue == ended.validationFileID)
            let contents = [ended.trainingFile, ended.validationFile].map { $0?.sha256.prefix(12) ?? "" }
            #expect(
                await daemon.provider.files.map(\.name)
                    == [
                        "finetuned-\(made.id)-\(contents[0]).jsonl",
                        "finetuned-\(made.id)-validation-\(contents[1]).jsonl",
                    ])
            let questions = try await daemon.trainingFile(of: made.id, .validation).map {
                $0["messages"]?.array?[1]["content"]?.string
            }
            var heldOut: [String?] = []
            for id in made.validationGoldenRecords { heldOut.append(try await daemon.record(id).promptText) }
            #expect(questions == heldOut)
        }
    }

    @Test("stay the same, and the others in training, when records are added")
    func addingMovesNone() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary(records: 0)
            try await addVaried(40, to: library, of: daemon)
            let order = NewFinetuning(
                databaseConnection: library.connection.id, alias: "before", validationFraction: 0.4)
            let before = try await daemon.client.call(Routes.createFinetuning, body: order)
            try await addVaried(30, from: 40, to: library, of: daemon)
            var again = order
            again.alias = "after"
            let after = try await daemon.client.call(Routes.createFinetuning, body: again)
            #expect(Set(before.validationGoldenRecords).isSubset(of: after.validationGoldenRecords))
            #expect(Set(before.goldenRecords).isSubset(of: after.goldenRecords))
        }
    }

    @Test("can be named; what is like them stays out of training, and is told")
    func namedRecords() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary(records: 0)
            try await addVaried(14, to: library, of: daemon)
            let twin = try await daemon.addRecord("SELECT count(*) FROM books", to: library.connection.id)
            let named = try await daemon.addRecord("SELECT count(*) FROM books b", to: library.connection.id)
            let order = NewFinetuning(
                databaseConnection: library.connection.id, validationGoldenRecords: [named.id])
            let plan = try await daemon.client.call(Routes.planFinetuning, body: order)
            #expect(plan.examples == 14 && plan.validationExamples == 1)
            #expect(plan.excluded.map(\.goldenRecord) == [twin.id])
            #expect(plan.problems.contains { $0.code == "overlapping_golden_records" })
            let made = try await daemon.client.call(Routes.createFinetuning, body: order)
            #expect(made.validationGoldenRecords == [named.id] && made.goldenRecords.count == 14)
            let events = try await daemon.events(of: made.id)
            let leftOut = try #require(events.first { $0.event == "records_left_out" })
            #expect(leftOut.message.contains(twin.id.description))
            #expect(try await daemon.end(of: made.id).status == .succeeded)
        }
    }

    @Test("keep a record out that was changed to be like them after the order")
    func changedMeanwhile() async throws {
        let workplace = try Workplace()
        let provider = ScriptedProvider()
        var order: ObjectID?
        var setup = Setup()
        setup.worksOnJobs = false
        try await withDaemon(at: workplace, provider, setup) { daemon in
            let library = try await daemon.prepareLibrary(records: 0)
            try await addVaried(14, to: library, of: daemon)
            let named = try await daemon.addRecord("SELECT count(*) FROM books", to: library.connection.id)
            let made = try await daemon.client.call(
                Routes.createFinetuning,
                body: NewFinetuning(
                    databaseConnection: library.connection.id, validationGoldenRecords: [named.id]))
            _ = try await daemon.client.call(
                Routes.changeRecord, made.goldenRecords[0],
                body: GoldenRecordChanges(sql: "SELECT count(*) FROM books AS all_books"))
            order = made.id
        }
        let id = try #require(order)
        try await withDaemon(at: workplace, provider) { daemon in
            let ended = try await daemon.end(of: id)
            #expect(ended.trainingFile?.examples == 13)
        }
    }

    @Test("are refused where they cannot be held out")
    func refusals() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let id = JSONValue.id(library.records[0].id)
            let cases: [(JSONValue, String)] = [
                (["validation_fraction": 0], "validation_fraction"),
                (["validation_fraction": 0.6], "validation_fraction"),
                (["validation_golden_records": []], "validation_golden_records"),
                (["validation_golden_records": [id, id]], "validation_golden_records"),
                (
                    ["validation_golden_records": [id], "validation_fraction": 0.1],
                    "validation_golden_records"
                ),
                (
                    ["validation_golden_records": [id], "golden_records": [id]],
                    "validation_golden_records"
                ),
            ]
            for (fields, field) in cases {
                let refusal = try await daemon.refusal(
                    .post, "/finetunings", .order(of: library.connection.id, fields))
                #expect(refusal.code == .invalidField)
                #expect(refusal.detail["field"] == .string(field))
            }
        }
    }

    @Test("are refused where none would be, or too few were left to train on")
    func tooFew() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let connection = library.connection.id
            let cases: [(JSONValue, String, JSONValue)] = [
                (["validation_golden_records": [.id(library.records[0].id)]], "left_out", 11),
                (["validation_fraction": 0.000_001], "held_out", 0),
            ]
            for (fields, fact, value) in cases {
                let order = JSONValue.order(of: connection, fields)
                let refusal = try await daemon.refusal(.post, "/finetunings", order)
                #expect(refusal.code == .notEnoughGoldenRecords && refusal.detail[fact] == value)
                let plan = try await daemon.send(.post, "/finetunings/plan", order).response(FinetuningPlan.self)
                #expect(!plan.ready && plan.problems.contains { $0.code == "not_enough_golden_records" })
            }
        }
    }
}
