import Identifiers
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("checks of golden records", .timeLimit(.minutes(5)))
struct RecordCheckTests {
    @Test("a record whose SQL does not prepare is stored with the reason, and stays out of training")
    func anInvalidRecordStaysOut() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let bad = try await daemon.addRecord("SELECT tittle FROM books", to: library.connection.id)
            #expect(bad.check.status == .invalid)
            let reason = try #require(bad.check.reason)
            #expect(reason.contains("tittle"))

            let plan = try await daemon.client.call(
                Routes.planFinetuning, body: NewFinetuning(databaseConnection: library.connection.id))
            #expect(plan.examples == 12 && plan.ready)
            #expect(plan.excluded == [ExcludedRecord(goldenRecord: bad.id, reason: reason)])
            #expect(plan.problems.contains { $0.code == "invalid_golden_records" && $0.severity == .warning })

            let ordered = try await daemon.order(library.connection.id)
            #expect(ordered.goldenRecords == library.records.map(\.id))
            let event = try await daemon.wait(for: "records_left_out", of: ordered.id)
            #expect(event.level == .warning)
            #expect(event.message.contains("\(bad.id): \(reason)"))
            #expect(event.detail["count"]?.integer == 1)
            #expect(try await daemon.end(of: ordered.id).trainingFile?.examples == 12)
        }
    }

    @Test("a record whose SQL does not prepare is refused when it is named, in a plan too")
    func anInvalidRecordIsRefusedByName() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let bad = try await daemon.addRecord("DROP TABLE books", to: library.connection.id)
            let order = JSONValue.order(of: library.connection.id, records: library.records.map(\.id) + [bad.id])
            for path in ["/finetunings", "/finetunings/plan"] {
                let refusal = try await daemon.refusal(.post, path, order)
                #expect(refusal.code == .invalidGoldenRecord)
                #expect(refusal.detail["golden_record_id"] == .id(bad.id))
                #expect(refusal.detail["reason"]?.string == bad.check.reason)
            }
        }
    }

    @Test("a record of a database without described tables is unchecked, and so is one of another dialect")
    func whatCannotBeCheckedIsUnchecked() async throws {
        try await withDaemon { daemon in
            let undescribed = try await daemon.register()
            let elsewhere = try await daemon.client.call(
                Routes.createConnection, body: NewDatabaseConnection(alias: "shop", dialect: "postgresql"))
            for connection in [undescribed.id, elsewhere.id] {
                let record = try await daemon.addRecord("SELECT whatever", to: connection)
                #expect(record.check.status == .unchecked)
                #expect(record.check.reason != nil)
            }
        }
    }

    @Test("a check is renewed when a table is pushed, changed, scanned or deleted")
    func checksFollowTheTables() async throws {
        try await withDaemon { daemon in
            let connection = try await daemon.register()
            let loans = try await daemon.addRecord("SELECT due FROM loans", to: connection.id)
            let books = try await daemon.addRecord("SELECT title FROM books", to: connection.id)
            #expect(loans.check.status == .unchecked)

            let table = try await daemon.client.call(
                Routes.createTable,
                body: NewTableDescription(
                    databaseConnection: connection.id, tableName: "loans",
                    tableSchema: "CREATE TABLE loans (id INTEGER)"))
            let missingColumn = try await daemon.record(loans.id).check
            #expect(missingColumn.status == .invalid)
            #expect(missingColumn.reason?.contains("due") == true)
            #expect(try await daemon.record(books.id).check.status == .invalid)

            _ = try await daemon.client.call(
                Routes.changeTable, table.id,
                body: TableDescriptionChanges(tableSchema: "CREATE TABLE loans (id INTEGER, due TEXT)"))
            #expect(try await daemon.record(loans.id).check.status == .valid)
            #expect(try await daemon.record(books.id).check.status == .invalid)

            _ = try await daemon.client.call(Routes.syncSchemas, body: SchemaSync(databaseConnection: connection.id))
            #expect(try await daemon.record(books.id).check.status == .valid)

            _ = try await daemon.client.call(Routes.deleteTable, table.id)
            #expect(try await daemon.record(loans.id).check.status == .invalid)
            #expect(try await daemon.record(books.id).check.status == .valid)
        }
    }

    @Test("a record that gets other SQL is checked anew; other words for its question leave the check")
    func aChangedRecordIsCheckedAnew() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let id = library.records[0].id
            let broken = try await daemon.client.call(
                Routes.changeRecord, id, body: GoldenRecordChanges(sql: "SELECT nothing FROM nowhere"))
            #expect(broken.check.status == .invalid)
            let reworded = try await daemon.client.call(
                Routes.changeRecord, id, body: GoldenRecordChanges(promptText: "Which?", metadata: .set(["a": 1])))
            #expect(reworded.check == broken.check && reworded.sql == broken.sql && reworded.promptText == "Which?")
            let mended = try await daemon.client.call(
                Routes.changeRecord, id, body: GoldenRecordChanges(sql: "SELECT name FROM authors", metadata: .cleared))
            #expect(mended.check.status == .valid && mended.metadata == nil)
            #expect(try await daemon.record(id) == mended)
        }
    }

    @Test("however tables and records change at the same time, the checks end up true to the tables")
    func checksSurviveARace() async throws {
        try await withDaemon { daemon in
            let connection = try await daemon.register()
            let table = try await daemon.client.call(
                Routes.createTable,
                body: NewTableDescription(
                    databaseConnection: connection.id, tableName: "loans",
                    tableSchema: "CREATE TABLE loans (id INTEGER)"))
            let schemas = ["CREATE TABLE loans (id INTEGER, due TEXT)", "CREATE TABLE loans (id INTEGER)"]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<60 {
                    group.addTask {
                        _ = try await daemon.addRecord("SELECT due FROM loans", to: connection.id)
                        _ = try await daemon.client.call(
                            Routes.changeTable, table.id,
                            body: TableDescriptionChanges(tableSchema: schemas[number % 2]))
                    }
                }
                try await group.waitForAll()
            }
            let last = try await daemon.client.call(Routes.readTable, table.id)
            let expected: RecordCheck.Status = last.tableSchema == schemas[0] ? .valid : .invalid
            let records = try await daemon.client.call(Routes.listRecords, query: ConnectionPaging(limit: 1_000))
            #expect(records.count == 60)
            #expect(records.allSatisfy { $0.check.status == expected })
        }
    }

    @Test("records are added all or none")
    func recordsAreAddedAllOrNone() async throws {
        try await withDaemon { daemon in
            let connection = try await daemon.register()
            let good = JSONValue.record(of: connection.id)
            let bad: JSONValue = ["db_connection_id": .id(connection.id), "prompt_text": "a", "sql": ""]
            let refusal = try await daemon.refusal(.post, "/golden-records", [good, good, bad])
            #expect(refusal.code == .invalidField)
            #expect(refusal.detail["field"] == "2.sql")
            #expect(try await daemon.send(.get, "/golden-records").body == [])
        }
    }

    @Test("lists are paged from the oldest on, 10 a page where nothing is said")
    func listsArePaged() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary(records: 25)
            let ids = library.records.map(\.id)
            #expect(ids == ids.sorted())
            let pages: [(String, ArraySlice<ObjectID>)] = [
                ("", ids[..<10]), ("?page=3", ids[20...]), ("?page=4", []), ("?page=2&limit=20", ids[20...]),
                ("?limit=1000", ids[...]), ("?page=9000000000000000000", []),
            ]
            for (query, expected) in pages {
                let listed = try await daemon.send(.get, "/golden-records" + query).body.array
                #expect(listed?.map { $0["id"] } == expected.map { .id($0) }, "\(query)")
            }
        }
    }

    @Test("an import answers with a summary: how many records, their ids, and what is wrong with which")
    func anImportIsSummedUp() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let news = ["SELECT 1", "SELECT no_such FROM books", "SELECT title FROM books"].map { sql in
                NewGoldenRecord(databaseConnection: library.connection.id, promptText: "How many?", sql: sql)
            }
            let imported = try await daemon.client.call(Routes.importRecords, body: news)
            #expect(imported.imported == 3)
            #expect(imported.checks == CheckCounts(valid: 2, invalid: 1))
            #expect(imported.invalid.map(\.index) == [1])
            let records = try await daemon.client.call(
                Routes.listRecords, query: ConnectionPaging(databaseConnection: library.connection.id, limit: 100))
            #expect(Array(records.suffix(3).map(\.sql)) == news.map(\.sql))
            #expect(records.suffix(3).map(\.id).first == imported.first && records.last?.id == imported.last)
            #expect(records.first { $0.id == imported.invalid[0].id }?.check.reason == imported.invalid[0].reason)
        }
    }

    @Test("what is added by requests sent one after the other keeps their order, though they overtake one another")
    func theOrderOfRequestsIsKept() async throws {
        try await withDaemon { daemon in
            let connection = try await daemon.register().id
            let signature = Routes.importRecords.signature
            let replies = (0..<40).map { number in
                // The larger ones take longer.
                let count = number % 2 == 0 ? 200 : 1
                let records = (0..<count).map { place -> JSONValue in
                    [
                        "db_connection_id": .id(connection), "prompt_text": .string("\(number)"),
                        "sql": .string("SELECT \(place)"),
                    ]
                }
                let request = Request(method: signature.method, path: signature.path.path(nil))
                return daemon.client.stream(request, body: JSONValue.array(records).bytes)
            }
            var last: ObjectID?
            for replies in replies {
                for try await reply in replies {
                    let imported: ImportedRecords = try WireDecoder().decode(from: reply.body)
                    if let last { #expect(last < imported.first) }
                    last = imported.last
                }
            }
        }
    }
}
