import Identifiers
import Testing
@testable import TrainingData

@testable import DaemonCore

@Suite("what a scan makes of the descriptions that there are")
struct SchemaUpdateTests {
    private let connection = ObjectID(seconds: 1, suffix: 1)
    private let noon = Timestamp(microseconds: 1_700_000_000_000_000)
    private let later = Timestamp(microseconds: 1_700_000_100_000_000)

    private func known(_ name: String, status: ScanStatus = .scanned) -> TableDescription {
        TableDescription(
            id: ObjectID(seconds: 2, suffix: UInt64(name.utf8.count)), connectionID: connection, tableName: name,
            tableSchema: "CREATE TABLE \(name) (old)", description: "words", columns: [], status: status,
            createdAt: noon, updatedAt: noon)
    }

    private func found(_ name: String) -> ScannedTable {
        ScannedTable(
            kind: .table, tableName: name, tableSchema: "CREATE TABLE \(name) (new)", columns: [], sampleRows: [])
    }

    private func update(_ known: [TableDescription], _ found: [ScannedTable], markingMissing: Bool)
        -> [TableDescription]
    {
        SchemaUpdate(
            known: known, found: found, connection: connection, ids: ObjectIDGenerator(), now: later,
            markingMissing: markingMissing
        ).tables
    }

    @Test("a known table keeps its id and words, whatever the case of its name; a new one gets an id")
    func knownTablesKeepTheirIDs() {
        let tables = update([known("books")], [found("Books"), found("authors")], markingMissing: false)
        #expect(tables.map(\.tableName) == ["Books", "authors"])
        #expect(tables[0].id == known("books").id && tables[0].description == "words")
        #expect(tables[0].tableSchema == "CREATE TABLE Books (new)")
        #expect(tables[0].createdAt == noon && tables[0].updatedAt == later)
        #expect(tables[1].id != tables[0].id && tables[1].createdAt == later)
        #expect(tables.allSatisfy { $0.status == .scanned && $0.connectionID == connection })
    }

    @Test("tables that were not found are marked only where all were looked for")
    func missingTablesAreMarked() {
        let before = [known("books"), known("loans", status: .notScanned)]
        #expect(update(before, [found("books")], markingMissing: false).map(\.tableName) == ["books"])
        let marked = update(before, [found("books")], markingMissing: true)
        #expect(marked.map(\.status) == [.scanned, .deprecated])
        #expect(marked[1].tableSchema == before[1].tableSchema && marked[1].updatedAt == later)
    }

    @Test("a table that comes back is no longer marked")
    func aTableComesBack() {
        let tables = update([known("books", status: .deprecated)], [found("books")], markingMissing: true)
        #expect(tables.map(\.status) == [.scanned])
    }
}
