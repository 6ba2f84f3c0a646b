import Identifiers
import Testing

@testable import TrainingData

@Suite("A table description that is scanned again")
struct TableScanUpdateTests {
    @Test("takes over what the scan found and keeps what people wrote")
    func update() {
        var table = TableDescription.fixture(
            "t", description: "by hand",
            columns: [
                Column(name: "kept", dataType: "INT", description: "written"),
                Column(name: "gone", dataType: "INT", description: "lost"),
            ], status: .deprecated)
        table.metadata = JSONText(text: "{}")
        let scanned = ScannedTable(
            kind: .table, tableName: "t", tableSchema: "CREATE TABLE t (kept TEXT, new TEXT)",
            columns: [Column(name: "kept", dataType: "TEXT"), Column(name: "new", dataType: "TEXT")],
            sampleRows: [SampleRow(cells: [])])
        let time = Timestamp(microseconds: 5)
        table.update(from: scanned, at: time)
        #expect(table.columns.map(\.description) == ["written", nil])
        #expect(table.columns.map(\.dataType) == ["TEXT", "TEXT"])
        #expect(table.description == "by hand")
        #expect(table.metadata == JSONText(text: "{}"))
        #expect(table.tableSchema == scanned.tableSchema)
        #expect(table.sampleRows == scanned.sampleRows)
        #expect(table.status == .scanned)
        #expect(table.updatedAt == time)
    }
}
