import Foundation
import Testing

@testable import TrainingData

@Suite("Running SQL of somebody else's")
struct QueryDatabaseTests {
    let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = try folder.database(
            "shop.sqlite", "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, price REAL, picture BLOB)",
            "INSERT INTO item VALUES (1, 'pen', 1.5, x'00ff'), (2, 'ink', 4, NULL), (3, 'pad', 2.25, x'')",
            "CREATE VIEW cheap AS SELECT * FROM item WHERE price < 2",
            "CREATE VIRTUAL TABLE notes USING fts5(body)", "INSERT INTO notes VALUES ('a blue pen'), ('black ink')")
    }

    private func open(_ change: (inout QueryLimits) -> Void = { _ in }) throws -> QueryDatabase {
        var limits = QueryLimits()
        change(&limits)
        return try QueryDatabase(path: path, limits: limits)
    }

    private func rows(_ sql: String) throws -> [[QueryValue]] {
        let query = try open().query(sql)
        var rows: [[QueryValue]] = []
        while let row = try query.next() { rows.append(row) }
        return rows
    }

    @Test("gives the columns and the rows, one by one")
    func rowByRow() throws {
        let query = try open().query("SELECT id, name AS what, price, picture FROM item ORDER BY id")
        #expect(query.columns == ["id", "what", "price", "picture"])
        #expect(query.ordersRows)
        #expect(try query.next() == [.integer(1), .text("pen"), .real(1.5), .blob([0, 255])])
        #expect(try query.next() == [.integer(2), .text("ink"), .real(4), .null])
        #expect(try query.next() == [.integer(3), .text("pad"), .real(2.25), .blob([])])
        // However often one asks.
        for _ in 0..<3 { #expect(try query.next() == nil) }
        #expect(!query.isCut)
    }

    @Test(
        "runs whatever only reads",
        arguments: [
            "SELECT name FROM cheap",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5) SELECT * FROM n",
            "SELECT body FROM notes WHERE notes MATCH 'pen'", "SELECT value FROM json_each('[1]')", "VALUES (1)",
            "SELECT rank() OVER (ORDER BY price) FROM item", "SELECT name FROM sqlite_schema",
        ])
    func reads(sql: String) throws {
        #expect(try !rows(sql).isEmpty)
    }

    @Test(
        "refuses whatever else a statement may do, and changes nothing",
        arguments: [
            "INSERT INTO item VALUES (4, 'x', 1, NULL)", "UPDATE item SET price = 0", "DELETE FROM item",
            "WITH t AS (SELECT 1) DELETE FROM item", "REPLACE INTO item VALUES (1, 'x', 1, NULL)", "DROP TABLE item",
            "CREATE TABLE t (a)", "CREATE TEMP TABLE t (a)", "CREATE TEMP TABLE t AS SELECT * FROM item",
            "CREATE TEMP VIEW v AS SELECT 1", "ATTACH '/etc/passwd' AS p", "ATTACH ':memory:' AS p", "DETACH main",
            "PRAGMA user_version", "PRAGMA user_version = 7", "PRAGMA query_only = OFF", "PRAGMA data_version",
            "-- harmless\nPRAGMA page_size", "SELECT * FROM pragma_table_list",
            "SELECT * FROM PRAGMA_TABLE_INFO('item')", "SELECT load_extension('x')",
            "VACUUM", "VACUUM INTO '/tmp/copy'", "BEGIN", "SAVEPOINT s", "ANALYZE", "REINDEX",
            "INSERT INTO notes(notes) VALUES ('rebuild')", "EXPLAIN SELECT 1", "EXPLAIN QUERY PLAN SELECT 1",
            "SELECT 1; DELETE FROM item", "", "-- nothing", "SELECT 1\0", "SELEC 1", "SELECT * FROM gone",
            "SELECT nam FROM item WHERE id = 1 AND gone = 2",
        ])
    func refuses(sql: String) throws {
        let before = try Data(contentsOf: URL(filePath: path))
        let error = #expect(throws: QueryFailure.self) { try rows(sql) }
        guard case .refused = error else {
            Issue.record("\(sql): \(String(describing: error))")
            return
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
        #expect(try folder.names == ["shop.sqlite"])
    }

    @Test("cuts a result short at the limit of rows, and says so", arguments: [(2, true), (3, false), (0, true)])
    func rowLimit(limit: Int, isCut: Bool) throws {
        let query = try open { $0.rows = limit }.query("SELECT id FROM item")
        var count = 0
        while try query.next() != nil { count += 1 }
        #expect(count == limit)
        #expect(query.isCut == isCut)
    }

    static let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "

    @Test(
        "ends a query that spends too much, and serves the next",
        arguments: [
            (endless + "SELECT count(*) FROM n", QueryFailure.timedOut(after: .milliseconds(200))),
            (endless + "SELECT i FROM n WHERE i < 0", .timedOut(after: .milliseconds(200))),
            ("SELECT zeroblob(1000000000)", .cellTooLong(limit: 100_000)),
            (
                endless + "SELECT max(i || hex(zeroblob(50001))) FROM (SELECT i FROM n LIMIT 9)",
                .cellTooLong(limit: 100_000)
            ),
            (
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000) "
                    + "SELECT i, randomblob(20000) AS b FROM n ORDER BY b",
                .tooMuchMemory(limit: 8 << 20)
            ),
            (
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000) "
                    + "SELECT DISTINCT randomblob(20000) FROM n LIMIT -1 OFFSET 99999",
                .tooMuchMemory(limit: 8 << 20)
            ),
            ("SELECT printf('%.2147483647c', 'x')", .cellTooLong(limit: 100_000)),
            ("SELECT length(format('%d%.60000c%5.60000c', 1, 'x', 'y'))", .cellTooLong(limit: 100_000)),
            ("SELECT printf('%-.*c', -2147483647, 'x')", .cellTooLong(limit: 100_000)),
            (
                "SELECT rtrim(replace(hex(zeroblob(49000)), '0', 'a'), replace(hex(zeroblob(4000)), '0', 'b') || 'a')",
                .failed(reason: "rtrim has too many characters to take off too long a text")
            ),
            ("SELECT abs(-9223372036854775808)", .failed(reason: "integer overflow")),
            ("SELECT json_extract('{', '$')", .failed(reason: "malformed JSON")),
        ])
    func limits(sql: String, failure: QueryFailure) throws {
        let database = try open { limits in
            limits.time = failure == .timedOut(after: .milliseconds(200)) ? .milliseconds(200) : .seconds(60)
            limits.cellBytes = 100_000
            // The limit that is meant has to be the one that is met.
            limits.memoryBytes = failure == .tooMuchMemory(limit: 8 << 20) ? 8 << 20 : 8 << 30
        }
        #expect(throws: failure) { try database.result(of: sql) }
        #expect(try database.result(of: "SELECT name FROM item").rowCount == 3)
    }

    @Test(
        "lets functions do what they do in SQLite, though it looks at their arguments first",
        arguments: [
            ("printf('%.3f|%5d|%-5s|%,d|%%', 1.5, 42, 'a', 1234)", QueryValue.text("1.500|   42|a    |1,234|%")),
            ("printf('%c%.3c%.*c', 'xyz', 'q', 2, 'é')", .text("xqqqéé")),
            ("format('%Q %q %w', 'it''s', 'it''s', 'a\"b')", .text("'it''s' it''s a\"\"b")),
            ("printf('%d')", .text("0")), ("printf(NULL)", .null), ("printf()", .null), ("printf('%y', 1)", .null),
            ("trim('  pen ')", .text("pen")), ("trim('xxpenyx', 'xy')", .text("pen")),
            ("ltrim('ééa', 'é')", .text("a")), ("rtrim('pen', '')", .text("pen")), ("rtrim(NULL, 'a')", .null),
            ("(SELECT label FROM labels WHERE id = 1)", .text("1.50")),
        ])
    func guardedFunctions(call: String, value: QueryValue) throws {
        _ = try folder.database(
            "shop.sqlite", "CREATE VIEW labels AS SELECT id, printf('%.2f', price) AS label FROM item")
        #expect(try rows("SELECT \(call)") == [[value]])
        #expect(try rows("SELECT \(call) FROM item") == [[value], [value], [value]])
    }

    @Test("counts only the time that SQLite works")
    func patience() throws {
        let query = try open { $0.time = .milliseconds(400) }.query("SELECT id FROM item")
        #expect(try query.next() != nil)
        // No condition to wait for: what is shown is that time passes here and is not counted.
        Thread.sleep(forTimeInterval: 0.5)
        #expect(try query.next() != nil)
    }

    @Test("is ended from another thread, or before it starts")
    func cancellation() async throws {
        let cancellation = QueryCancellation()
        let path = path
        let running = Task.detached {
            var limits = QueryLimits()
            limits.time = .seconds(60)
            let database = try QueryDatabase(path: path, limits: limits)
            _ = try database.result(of: Self.endless + "SELECT count(*) FROM n", cancellation: cancellation)
        }
        cancellation.cancel()
        await #expect(throws: QueryFailure.cancelled) { try await running.value }
        #expect(throws: QueryFailure.cancelled) { try open().result(of: "SELECT 1", cancellation: cancellation) }
    }

    @Test("says what is wrong with a database that cannot be read")
    func unreadable() throws {
        let gone = folder.path("gone")
        #expect(throws: QueryFailure.database(.missing(path: gone))) { try QueryDatabase(path: gone) }
        let text = folder.path("text")
        try Data(repeating: 65, count: 5_000).write(to: URL(filePath: text))
        #expect(throws: QueryFailure.database(.notADatabase(path: text))) { try QueryDatabase(path: text) }
    }

    @Test("says that another program has locked the database, before it is opened or while it is open")
    func locked() throws {
        let database = try open { $0.lockWait = .zero }
        let writer = try SQLiteConnection(filename: path, flags: 2)
        try writer.execute("BEGIN EXCLUSIVE")
        #expect(throws: QueryFailure.database(.locked(path: path))) { try database.result(of: "SELECT id FROM item") }
        #expect(throws: QueryFailure.database(.locked(path: path))) { try open { $0.lockWait = .zero } }
        try writer.execute("ROLLBACK")
        #expect(try database.result(of: "SELECT id FROM item").rowCount == 3)
    }

    @Test("lets others write between two queries, and sees what they wrote")
    func changes() throws {
        let database = try open()
        #expect(try database.result(of: "SELECT id FROM item").rowCount == 3)
        _ = try folder.database("shop.sqlite", "DELETE FROM item WHERE id > 1", "ALTER TABLE item DROP COLUMN picture")
        #expect(try database.result(of: "SELECT id FROM item").rowCount == 1)
        #expect(throws: QueryFailure.refused(reason: "no such column: picture")) {
            try database.result(of: "SELECT picture FROM item")
        }
    }

    @Test(
        "tells an empty result, and one without a value, from others",
        arguments: [
            ("SELECT * FROM item WHERE id > 5", 0, true), ("SELECT max(id) FROM item WHERE id > 5", 1, true),
            ("SELECT count(*) FROM item WHERE id > 5", 1, false), ("SELECT NULL, id FROM item", 3, false),
        ])
    func emptiness(sql: String, rows: Int, holdsNoValue: Bool) throws {
        let result = try open().result(of: sql)
        #expect(result.rowCount == rows)
        #expect(result.holdsNoValue == holdsNoValue)
    }
}

@Suite("Comparing results")
struct ResultDigestTests {
    private func digest(_ rows: [[QueryValue]]) -> ResultDigest {
        var cells = ResultCells(columnCount: rows.first?.count ?? 0)
        for row in rows { cells.add(row) }
        return cells.digest
    }

    static let base: [[QueryValue]] = [
        [.integer(1), .text("a"), .real(0.5)], [.integer(2), .text("b"), .null], [.integer(2), .text("b"), .null],
        [.integer(3), .text("a"), .real(1.5)],
    ]

    @Test("finds results equal whatever the order of columns and rows")
    func equal() {
        let base = digest(Self.base)
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
            let turned = Self.base.map { row in order.map { row[$0] } }
            #expect(digest(turned).equals(base, inOrder: true))
            #expect(digest(turned.reversed()).equals(base, inOrder: false))
            #expect(!digest(turned.reversed()).equals(base, inOrder: true))
        }
    }

    static let different: [[[QueryValue]]] = [
        [], Array(base.dropLast()), base + [base[0]], base.map { Array($0.dropLast()) },
        // Another row is repeated.
        [base[0], base[0], base[1], base[3]],
        // The same values in the same rows and columns, otherwise put together.
        [
            [.integer(1), .text("b"), .real(0.5)], [.integer(2), .text("a"), .null],
            [.integer(2), .text("b"), .null], [.integer(3), .text("a"), .real(1.5)],
        ],
        base.map { [.text("\($0[0])"), $0[1], $0[2]] },
    ]

    @Test("tells results apart that differ in a row, in a value, or in what belongs together", arguments: different)
    func unequal(rows: [[QueryValue]]) {
        #expect(!digest(rows).equals(digest(Self.base), inOrder: false))
    }

    @Test("tells apart rows that hold the same values in columns which do not go together")
    func crossed() {
        let straight = digest([[.integer(1), .integer(2)], [.integer(3), .integer(4)]])
        #expect(!digest([[.integer(1), .integer(2)], [.integer(4), .integer(3)]]).equals(straight, inOrder: false))
        #expect(digest([[.integer(4), .integer(3)], [.integer(2), .integer(1)]]).equals(straight, inOrder: false))
    }

    static let sameValues: [(QueryValue, QueryValue, Bool)] = [
        (.integer(2), .real(2), true), (.real(0.1 + 0.2), .real(0.3), true), (.real(-0.0), .integer(0), true),
        (.real(2.9999999999999996), .integer(3), true), (.real(0.1), .real(0.1001), false),
        (.real(1e300), .real(1.0000000000001e300), true), (.integer(1), .text("1"), false), (.null, .text(""), false),
        (.text("a"), .text("A"), false), (.text("a"), .blob([97]), false),
        (.text("abcdefgh"), .text("abcdefgh\0"), false),
        (.real(.infinity), .real(-.infinity), false), (.integer(.max), .integer(.max - 1), false),
    ]

    @Test("takes numbers for equal that differ only by how they were computed", arguments: sameValues)
    func values(left: QueryValue, right: QueryValue, areSame: Bool) {
        #expect(digest([[left]]).equals(digest([[right]]), inOrder: false) == areSame)
    }

    @Test("can be kept as text")
    func text() {
        let digest = digest(Self.base)
        #expect(ResultDigest(text: digest.text) == digest)
        #expect(digest.text.utf8.count == 48)
        #expect(ResultDigest(text: "x") == nil)
        #expect(ResultDigest(text: String(repeating: "x", count: 48)) == nil)
    }

    @Test(
        "knows whether SQL orders its rows",
        arguments: [
            ("SELECT a FROM t ORDER BY a", true), ("select a from t order -- x\n by a", true),
            ("SELECT a FROM (SELECT a FROM t ORDER BY a)", false), ("SELECT rank() OVER (ORDER BY a) FROM t", false),
            ("SELECT 'order by' FROM t", false), ("SELECT a FROM t UNION SELECT b FROM u ORDER BY 1 LIMIT 3", true),
        ])
    func ordering(sql: String, ordersRows: Bool) {
        #expect(SQLLexer.ordersRows(sql) == ordersRows)
    }
}
