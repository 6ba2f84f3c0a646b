import Foundation
import Testing

@testable import TrainingData

@Suite("Scanning an SQLite database")
struct SQLiteScannerTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func scan(_ statements: String..., limits: ScanLimits = .default) throws -> [ScannedTable] {
        let path = folder.path("test.sqlite")
        for statement in statements { _ = try folder.database("test.sqlite", statement) }
        return try SQLiteScanner.scan(path: path, limits: limits)
    }

    @Test("finds the DDL, the columns with their types, and the primary key")
    func findsColumns() throws {
        let ddl = "CREATE TABLE album (id INTEGER PRIMARY KEY, title VARCHAR(160) NOT NULL, anything)"
        let table = try #require(try scan(ddl).first)
        #expect(table.kind == .table)
        #expect(table.tableSchema == ddl)
        #expect(table.columns.map(\.name) == ["id", "title", "anything"])
        #expect(table.columns.map(\.dataType) == ["INTEGER", "VARCHAR(160)", ""])
        #expect(table.columns.map(\.isPrimaryKey) == [true, false, false])
    }

    @Test(
        "describes tables whatever their names are",
        arguments: ["Order Details", "a\"b", "it's", "select", "Ärger 表", "x;--", "[y]", "line\nbreak", "100%"])
    func trickyNames(name: String) throws {
        let quoted = SQLiteIdentifier.quoted(name)
        let table = try #require(
            try scan("CREATE TABLE \(quoted) (\(quoted) TEXT)", "INSERT INTO \(quoted) VALUES ('v')").first)
        #expect(table.tableName == name)
        #expect(table.columns.first?.name == name)
        #expect(table.columns.first?.categories == ["v"])
        #expect(table.sampleRows == [SampleRow(cells: [.init(column: name, value: .text("v"))])])
        let schema = try DescribedSchema(tables: [.fixture(name, table.tableSchema)])
        #expect(schema.inspect("SELECT count(*) FROM \(quoted)") == .reads(tables: [name]))
    }

    @Test("leaves out SQLite's own tables and the tables behind a full-text table")
    func internalTables() throws {
        let tables = try scan(
            "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT)", "CREATE VIRTUAL TABLE notes USING fts5(body)")
        #expect(tables.map(\.tableName) == ["a", "notes"])
        #expect(tables.map(\.kind) == [.table, .virtual])
        #expect(tables.last?.columns.map(\.name) == ["body"])
    }

    @Test("describes the columns of a view and reads none of its rows")
    func views() throws {
        let tables = try scan(
            "CREATE TABLE t (a TEXT, b INT)", "INSERT INTO t VALUES ('x', 1)", "CREATE VIEW v AS SELECT b, a FROM t",
            "CREATE VIEW broken AS SELECT * FROM gone")
        #expect(tables.map(\.tableName) == ["broken", "t", "v"])
        #expect(tables.map(\.columns.count) == [0, 2, 2])
        #expect(tables[2].sampleRows.isEmpty)
    }

    @Test("points foreign keys at the column they name, or at the parent's primary key")
    func foreignKeys() throws {
        let tables = try scan(
            "CREATE TABLE parent (k TEXT, l TEXT, PRIMARY KEY (k, l))",
            """
            CREATE TABLE child (a TEXT REFERENCES parent (k), b TEXT, c TEXT, d TEXT REFERENCES gone,
                FOREIGN KEY (b, c) REFERENCES parent)
            """)
        let keys = tables.first { $0.tableName == "child" }?.columns.map(\.foreignKey)
        #expect(
            keys == [
                ForeignKey(fieldName: "k", referenceTable: "parent"),
                ForeignKey(fieldName: "k", referenceTable: "parent"),
                ForeignKey(fieldName: "l", referenceTable: "parent"), nil,
            ])
    }

    @Test("lists the values of a text column with few of them, and of no other column")
    func categories() throws {
        let table = try #require(
            try scan(
                "CREATE TABLE t (few TEXT, many TEXT, long TEXT, number INT, mixed TEXT, none TEXT, bytes)",
                """
                WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 199)
                INSERT INTO t SELECT CASE i % 4 WHEN 0 THEN 'b' WHEN 1 THEN 'a' WHEN 2 THEN 'ü' END, 'v' || i,
                    printf('%0200d', i % 2), i % 2, CASE i WHEN 150 THEN x'00' ELSE 'm' END, NULL, x'00' FROM n
                """
            ).first)
        #expect(table.columns.filter(\.lowCardinality).map(\.name) == ["few"])
        #expect(table.columns.first?.categories == ["a", "b", "ü"])
        #expect(table.columns.dropFirst().allSatisfy { $0.categories == nil })
    }

    @Test("holds a column of 60 values to be of low cardinality, and one of 61 not", arguments: [60, 61])
    func categoryLimit(count: Int) throws {
        let table = try #require(
            try scan(
                "CREATE TABLE t (v TEXT)",
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count))
                INSERT INTO t SELECT 'v' || i FROM n
                """
            ).first)
        #expect(table.columns.first?.lowCardinality == (count == 60))
    }

    @Test("does not claim to know the values of a table that is longer than it looks at")
    func rowLimit() throws {
        var limits = ScanLimits()
        limits.rowsPerTable = 2
        let table = try #require(
            try scan("CREATE TABLE t (v TEXT)", "INSERT INTO t VALUES ('a'), ('a'), ('b')", limits: limits).first)
        #expect(table.columns.first?.categories == nil)
    }

    @Test("takes three rows, of every kind of value, long texts cut between characters")
    func sampleRows() throws {
        var limits = ScanLimits()
        limits.sampleTextBytes = 4
        let table = try #require(
            try scan(
                "CREATE TABLE t (v)", "INSERT INTO t VALUES ('äöü'), (7), (1.5), (NULL)",
                limits: limits
            ).first)
        #expect(table.sampleRows.map { $0.cells.first?.value } == [.text("äö…"), .integer(7), .real(1.5)])
    }

    @Test("shows of bytes only how many there are, and repairs text that is not UTF-8")
    func bytes() throws {
        let table = try #require(
            try scan("CREATE TABLE t (a, b)", "INSERT INTO t VALUES (x'0102', CAST(x'61FF' AS TEXT))").first)
        #expect(table.sampleRows.first?.cells.map(\.value) == [.blob(byteCount: 2), .text("a\u{FFFD}")])
    }

    @Test("takes the beginning of a long text, and the size of bytes of any length")
    func longCells() throws {
        let table = try #require(
            try scan(
                "CREATE TABLE t (a, b, c TEXT GENERATED ALWAYS AS (substr(b, 3)))",
                "INSERT INTO t VALUES (zeroblob(200000000), printf('%.*c', 5000000, 'x'))"
            ).first)
        let beginning = SampleValue.text(String(repeating: "x", count: ScanLimits.default.sampleTextBytes) + "…")
        #expect(table.sampleRows.first?.cells.map(\.value) == [.blob(byteCount: 200_000_000), beginning, beginning])
    }

    @Test("narrows itself to the tables named, without regard to case")
    func onlySome() throws {
        let path = try folder.database("test.sqlite", "CREATE TABLE Album (a)", "CREATE TABLE track (a)")
        #expect(try SQLiteScanner.scan(path: path, only: ["ALBUM", "gone"]).map(\.tableName) == ["Album"])
    }

    @Test("opens a file whatever its name is", arguments: ["a b.sqlite", "100%.db", "q?mode=rwc", "#x", "ä.db"])
    func trickyPaths(name: String) throws {
        let path = try folder.database(name, "CREATE TABLE t (a)")
        #expect(try SQLiteScanner.scan(path: path).count == 1)
        #expect(try folder.names == [name])
    }

    @Test("reads a write-ahead-log database and what is still in its log")
    func writeAheadLog() throws {
        let path = folder.path("wal.sqlite")
        let writer = try SQLiteConnection(filename: path, flags: 6)
        for sql in ["PRAGMA journal_mode = WAL", "CREATE TABLE t (a)", "INSERT INTO t VALUES (1)"] {
            try writer.execute(sql)
        }
        #expect(try SQLiteScanner.scan(path: path).first?.sampleRows.count == 1)
    }

    @Test(
        "reads a write-ahead-log database in a folder where it may not create the log",
        .enabled(if: geteuid() != 0, "root may write anywhere"))
    func readOnlyFolder() throws {
        let path = try folder.database("wal.sqlite", "PRAGMA journal_mode = WAL", "CREATE TABLE t (a)")
        chmod(folder.url.path, 0o500)
        defer { chmod(folder.url.path, 0o700) }
        #expect(try folder.names == ["wal.sqlite"])
        #expect(try SQLiteScanner.scan(path: path).map(\.tableName) == ["t"])
    }
}

@Suite("A scan that cannot be done")
struct DatabaseFileErrorTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("says that there is no file")
    func missing() {
        let path = folder.path("gone")
        #expect(throws: DatabaseFileError.missing(path: path)) { try SQLiteScanner.scan(path: path) }
        #expect(throws: DatabaseFileError.missing(path: path + "/x")) { try SQLiteScanner.scan(path: path + "/x") }
    }

    @Test("says that a file is no database", arguments: [2, 20, 100, 5_000])
    func notADatabase(size: Int) throws {
        let path = folder.path("text")
        try Data(repeating: 65, count: size).write(to: URL(filePath: path))
        #expect(throws: DatabaseFileError.notADatabase(path: path)) { try SQLiteScanner.scan(path: path) }
    }

    @Test("says that a database is empty, whether it has no bytes or no tables")
    func empty() throws {
        let path = folder.path("zero")
        try Data().write(to: URL(filePath: path))
        #expect(throws: DatabaseFileError.empty(path: path)) { try SQLiteScanner.scan(path: path) }
        let tableless = try folder.database("none", "CREATE TABLE t (a)", "DROP TABLE t")
        #expect(throws: DatabaseFileError.empty(path: tableless)) { try SQLiteScanner.scan(path: tableless) }
    }

    @Test("does not open a folder, a pipe, or what a symbolic link points at")
    func otherFiles() throws {
        let pipe = folder.path("pipe")
        mkfifo(pipe, 0o600)
        let link = folder.path("link")
        let target = try folder.database("target", "CREATE TABLE t (a)")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
        for path in [folder.url.path, pipe, link, "a\0b"] {
            let error = #expect(throws: DatabaseFileError.self) { try SQLiteScanner.scan(path: path) }
            guard case .unreadable(path: path, reason: _) = error else {
                Issue.record("\(path): \(String(describing: error))")
                continue
            }
        }
    }

    @Test("says that the file is damaged")
    func damaged() throws {
        let path = try folder.database("test.sqlite", "CREATE TABLE t (a)", "CREATE TABLE u (a)")
        let file = try FileHandle(forWritingTo: URL(filePath: path))
        try file.seek(toOffset: 100)
        try file.write(contentsOf: Data(repeating: 0xff, count: 3_000))
        try file.close()
        let error = #expect(throws: DatabaseFileError.self) { try SQLiteScanner.scan(path: path) }
        #expect(error?.message.contains("malformed") == true)
    }

    @Test("says that another program has locked it")
    func locked() throws {
        let path = try folder.database("test.sqlite", "CREATE TABLE t (a)")
        let writer = try SQLiteConnection(filename: path, flags: 2)
        try writer.execute("BEGIN EXCLUSIVE")
        var limits = ScanLimits()
        limits.lockWait = .zero
        #expect(throws: DatabaseFileError.locked(path: path)) { try SQLiteScanner.scan(path: path, limits: limits) }
    }

    @Test("stops once its time is over")
    func timedOut() throws {
        let path = try folder.database(
            "test.sqlite", "CREATE TABLE t (a TEXT)",
            """
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
            INSERT INTO t SELECT 'same' FROM n
            """)
        var limits = ScanLimits()
        limits.time = .zero
        #expect(throws: DatabaseFileError.timedOut(path: path)) { try SQLiteScanner.scan(path: path, limits: limits) }
    }

    @Test("leaves the categories of one slow table out and goes on with the others")
    func slowTable() throws {
        let path = try folder.database(
            "test.sqlite", "CREATE TABLE slow (a TEXT)",
            """
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
            INSERT INTO slow SELECT 'same' FROM n
            """)
        var limits = ScanLimits()
        limits.timePerTable = .zero
        let table = try #require(try SQLiteScanner.scan(path: path, limits: limits).first)
        #expect(table.columns.first?.categories == nil)
        #expect(table.sampleRows.count == 3)
    }
}
