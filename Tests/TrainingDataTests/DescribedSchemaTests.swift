import Testing

@testable import TrainingData

@Suite("Inspecting SQL against described tables")
struct DescribedSchemaTests {
    let schema: DescribedSchema

    init() throws {
        schema = try DescribedSchema(tables: [
            .fixture("recent", "CREATE VIEW recent AS SELECT title, artist_id FROM Album WHERE year > 2000"),
            .fixture("counted", "CREATE VIEW counted AS SELECT count(*) FROM recent"),
            .fixture("Album", "CREATE TABLE Album (id INTEGER PRIMARY KEY, title TEXT, artist_id INT, year INT)"),
            .fixture("artist", "CREATE TABLE artist (id INTEGER PRIMARY KEY, name TEXT);"),
            .fixture("Order Details", "CREATE TABLE [Order Details] (a INT, b INT, PRIMARY KEY (a, b))"),
            .fixture("notes", "CREATE VIRTUAL TABLE notes USING fts5(body)"),
            .fixture("old", status: .deprecated),
        ])
    }

    static let reading: [(String, Set<String>)] = [
        ("SELECT 1", []),
        ("SELECT title FROM album", ["Album"]),
        ("SELECT count(*) FROM ALBUM;", ["Album"]),
        ("SELECT * FROM [Order Details] -- Album", ["Order Details"]),
        ("/* artist */ SELECT 'Album' FROM artist;; -- end", ["artist"]),
        ("SELECT a.title FROM Album AS a, artist", ["Album", "artist"]),
        ("SELECT name FROM artist WHERE id IN (SELECT artist_id FROM Album)", ["Album", "artist"]),
        ("SELECT name FROM artist WHERE EXISTS (SELECT 1 FROM Album)", ["Album", "artist"]),
        ("SELECT title FROM recent", ["recent", "Album"]),
        ("SELECT count(*) FROM recent", ["recent", "Album"]),
        ("SELECT count(*) FROM counted", ["counted", "recent", "Album"]),
        ("SELECT 1 FROM counted AS c JOIN artist ON 1", ["counted", "recent", "Album", "artist"]),
        ("WITH t AS (SELECT id FROM artist) SELECT count(*) FROM t", ["artist"]),
        ("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT i FROM n", []),
        ("SELECT name FROM artist UNION SELECT title FROM Album ORDER BY 1", ["Album", "artist"]),
        ("SELECT title, rank() OVER (PARTITION BY artist_id ORDER BY year) FROM Album", ["Album"]),
        ("SELECT body FROM notes WHERE notes MATCH 'x'", ["notes"]),
        ("SELECT title FROM Album WHERE title = \"a text in double quotes\"", ["Album"]),
        ("SELECT value FROM json_each('[1]')", []),
        ("SELECT name FROM sqlite_schema", []),
        ("SELECT title FROM Album WHERE id = ?", ["Album"]),
        ("VALUES (1)", []),
        ("SELECT 'ünï — 表' FROM artist", ["artist"]),
    ]

    @Test("names the tables that a query reads, as SQLite sees them", arguments: reading)
    func reads(sql: String, tables: Set<String>) {
        #expect(schema.inspect(sql) == .reads(tables: tables))
    }

    static let refused: [(String, String)] = [
        ("", "it holds no statement"),
        ("-- nothing\n ; ", "it holds no statement"),
        ("SELEC 1", "near \"SELEC\": syntax error"),
        ("SELECT 'open", "unrecognized token: \"'open\""),
        ("SELECT title FROM", "incomplete input"),
        ("SELECT * FROM albums", "no such table: albums (did you mean Album?)"),
        ("SELECT * FROM main.artists", "no such table: main.artists (did you mean artist?)"),
        ("SELECT * FROM nothing_like_it", "no such table: nothing_like_it"),
        ("SELECT titel FROM Album", "no such column: titel (did you mean title?)"),
        ("SELECT a.titel FROM Album AS a", "no such column: a.titel (did you mean title?)"),
        ("SELECT * FROM old", "no such table: old"),
        ("SELECT year(1)", "no such function: year"),
        ("SELECT 1; SELECT 2", "it holds more than one statement"),
        ("SELECT 1; garbage", "it holds more than one statement"),
        ("SELECT 1\0", "it contains a NUL character"),
        ("INSERT INTO artist VALUES (1, 'x')", "it inserts into artist; only reading is allowed"),
        ("UPDATE artist SET name = 'x'", "it updates artist; only reading is allowed"),
        ("DELETE FROM artist", "it deletes from artist; only reading is allowed"),
        ("WITH t AS (SELECT 1) DELETE FROM artist", "it deletes from artist; only reading is allowed"),
        ("DROP TABLE artist", "it changes the schema; only reading is allowed"),
        ("CREATE TABLE x AS SELECT * FROM artist", "it changes the schema; only reading is allowed"),
        ("ALTER TABLE artist RENAME TO x", "it changes the schema; only reading is allowed"),
        ("ATTACH 'x' AS y", "it attaches a database; only reading is allowed"),
        ("PRAGMA table_info(artist)", "it uses PRAGMA table_info; only reading is allowed"),
        ("BEGIN", "it controls a transaction; only reading is allowed"),
        ("UPDATE sqlite_master SET sql = ''", "table sqlite_master may not be modified"),
        ("REPLACE INTO sqlite_master VALUES (1, 2, 3, 4, 5)", "it changes the schema; only reading is allowed"),
        ("VACUUM", "it writes; only reading is allowed"),
        ("SELECT load_extension('x')", "it loads an extension"),
        ("EXPLAIN SELECT 1", "it explains a query and does not answer one"),
    ]

    @Test("says plainly what is wrong with other SQL", arguments: refused)
    func refuses(sql: String, reason: String) {
        #expect(schema.inspect(sql) == .invalid(reason: reason))
    }

    @Test("has no problem with tables that are fine")
    func noProblems() {
        #expect(schema.problems.isEmpty)
    }

    static let brokenDDL: [(String, String)] = [
        ("CREATE TABLE t (", "incomplete input"),
        ("CREATE TABLE public.t (id serial)", "unknown database public"),
        ("CREATE TABLE u (a)", "its DDL creates no table of this name"),
        ("", "its DDL creates no table of this name"),
        ("CREATE TABLE t AS SELECT 1", "its DDL runs a query"),
        ("CREATE TABLE t (a); INSERT INTO t VALUES (1)", "its DDL inserts into t"),
        ("CREATE TABLE t (a); DROP TABLE good", "its DDL changes the schema"),
        ("CREATE VIRTUAL TABLE t USING csv(filename=x)", "its DDL uses the module csv, which is not allowed"),
        ("ATTACH 'x' AS y", "its DDL attaches a database"),
        ("PRAGMA writable_schema = ON", "its DDL uses PRAGMA writable_schema"),
        ("CREATE VIEW t AS SELECT * FROM gone", "no such table: main.gone"),
        ("CREATE TABLE t (a)\0", "its DDL contains a NUL character"),
    ]

    @Test("reports a table whose DDL does not work, and goes on with the others", arguments: brokenDDL)
    func problems(ddl: String, reason: String) throws {
        let schema = try DescribedSchema(tables: [
            .fixture("good", "CREATE TABLE good (a TEXT)"), .fixture("t", ddl),
        ])
        #expect(schema.problems == [SchemaProblem(tableName: "t", reason: reason)])
        #expect(schema.inspect("SELECT a FROM good") == .reads(tables: ["good"]))
    }

    @Test("does not judge SQL that reads a table whose DDL does not work")
    func undecided() throws {
        let schema = try DescribedSchema(tables: [
            .fixture("t", "CREATE TABLE t ("), .fixture("v", "CREATE VIEW v AS SELECT * FROM t"),
            .fixture("w", "CREATE VIEW w AS SELECT * FROM v"),
        ])
        #expect(schema.problems.map(\.tableName) == ["t", "v", "w"])
        for name in ["t", "v", "w"] {
            let inspection = schema.inspect("SELECT * FROM \(name)")
            #expect(inspection == .undecided(reason: "it reads \(name), whose DDL does not prepare"))
        }
    }

    @Test("refuses SQL that would keep SQLite unfolding it for minutes")
    func explosions() throws {
        let views = (1...30).map { number in
            let before = "v\(number - 1)"
            return TableDescription.fixture(
                "v\(number)", "CREATE VIEW v\(number) AS SELECT 1 FROM \(before), \(before)")
        }
        let schema = try DescribedSchema(tables: views.reversed() + [.fixture("v0")])
        #expect(schema.inspect("SELECT * FROM v1") == .reads(tables: ["v0", "v1"]))
        let tooMuch = SQLInspection.invalid(reason: "its views or common table expressions are too many")
        #expect(schema.inspect("SELECT * FROM v30") == tooMuch)
        let doubling = (1...60).map { "a\($0) AS NOT MATERIALIZED (SELECT 1 FROM a\($0 - 1), \"A\($0 - 1)\")" }
        #expect(
            schema.inspect("WITH a0(x) AS (SELECT 1), \(doubling.joined(separator: ",")) SELECT 1 FROM a60") == tooMuch)
        #expect(
            schema.inspect(String(repeating: " ", count: 1_000_001))
                == .invalid(reason: "it is longer than 1000000 bytes"))
    }

    @Test("counts a long chain of views, and a circle of them, in whatever order they come")
    func viewChains() {
        func view(_ name: String, over other: String) -> (name: String, ddl: String) {
            (name, "CREATE VIEW \(name) AS WITH one AS (SELECT 1) SELECT * FROM \(other)")
        }
        let chain = (1...20_000).map { view("v\($0)", over: "v\($0 - 1)") }
        for views in [chain, chain.reversed()] {
            let expansion = QueryExpansion(ofViews: views + [view("a", over: "b"), view("b", over: "a")])
            #expect(expansion.allows("SELECT * FROM v2000"))
            #expect(!expansion.allows("SELECT * FROM v20000"))
            #expect(expansion.allows("SELECT * FROM a"))
        }
    }

    @Test("lets a long chain of common table expressions pass")
    func longChain() throws {
        let chain = (1...40).map { "a\($0) AS (SELECT a\($0 - 1).id FROM a\($0 - 1) -- (a0, a0\n)" }
        let schema = try DescribedSchema(tables: [.fixture("a0")])
        let sql = "WITH \(chain.joined(separator: ", ")) SELECT id FROM a40 JOIN a39 USING (id)"
        #expect(schema.inspect(sql) == .reads(tables: ["a0"]))
    }

    @Test("takes DDL with indexes, comments and constraints of every kind")
    func richDDL() throws {
        let schema = try DescribedSchema(tables: [
            .fixture(
                "t",
                """
                -- the table
                CREATE TABLE IF NOT EXISTS t (a INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT UNIQUE COLLATE NOCASE
                    CHECK (length(b) > 0), c GENERATED ALWAYS AS (upper(b)), d REFERENCES gone (x)) STRICT_NOT;
                """.replacing(" STRICT_NOT", with: "") + "CREATE INDEX i ON t (b, lower(b)) WHERE b > ''; -- end")
        ])
        #expect(schema.problems.isEmpty)
        #expect(schema.inspect("SELECT c FROM t INDEXED BY i WHERE b > ''") == .reads(tables: ["t"]))
    }
}

@Suite("Checking a golden record")
struct GoldenRecordCheckerTests {
    @Test("finds it valid, or invalid with a reason, where SQLite can tell")
    func sqlite() throws {
        let checker = try GoldenRecordChecker(dialect: .sqlite, tables: [.fixture("t")])
        #expect(checker.check("SELECT name FROM t") == (.valid, ["t"]))
        #expect(
            checker.check("SELECT nam FROM t").check == .invalid(reason: "no such column: nam (did you mean name?)"))
        #expect(checker.check(" \n").check == .invalid(reason: "its SQL is empty"))
    }

    @Test(
        "knows which SQL takes next to no time to check",
        arguments: [
            ("SELECT name FROM t", true), ("WITH a AS (SELECT 1) SELECT * FROM a", false),
            ("SELECT name FROM t WHERE name <> '\(String(repeating: "x", count: 480))'", false), ("SELEC", true),
        ])
    func quickChecks(sql: String, isQuick: Bool) throws {
        let checker = try GoldenRecordChecker(dialect: .sqlite, tables: [.fixture("t")])
        #expect(checker.isQuicklyChecked(sql) == isQuick)
        let view = TableDescription.fixture("v", "CREATE VIEW v AS SELECT * FROM t")
        let columns = (1...1_999).map { "c\($0)" }.joined(separator: ", ")
        let wide = TableDescription.fixture("w", "CREATE TABLE w (\(columns))")
        for other in [view, wide] {
            let checker = try GoldenRecordChecker(dialect: .sqlite, tables: [.fixture("t"), other])
            #expect(!checker.isQuicklyChecked(sql))
        }
    }

    @Test("leaves it unchecked before tables are described, or where none is left")
    func noTables() throws {
        for tables in [[], [TableDescription.fixture("t", status: .deprecated)]] {
            let checker = try GoldenRecordChecker(dialect: .sqlite, tables: tables)
            #expect(checker.check("SELECT 1").check == .unchecked(reason: "no tables are described yet"))
        }
    }

    @Test("leaves SQL of every other dialect unchecked", arguments: SQLDialect.allCases.filter { $0 != .sqlite })
    func otherDialects(dialect: SQLDialect) throws {
        let checker = try GoldenRecordChecker(dialect: dialect, tables: [.fixture("t")])
        #expect(
            checker.check("SELEC").check
                == .unchecked(reason: "of \(dialect.displayName)'s SQL only the form is checked here"))
    }

    @Test(
        "refuses SQL of another dialect that cannot be one statement that reads",
        arguments: [
            ("DELETE FROM t", "it begins with DELETE; only reading is allowed"),
            ("-- tidy\n(TRUNCATE t)", "it begins with TRUNCATE; only reading is allowed"),
            ("SELECT 1; SELECT 2", "it holds more than one statement"),
            (";;", "it holds no statement"),
            ("-- nothing", "it holds no statement"),
            ("SELECT 1\0", "it contains a NUL character"),
            ("WITH gone AS (DELETE FROM t RETURNING *) SELECT * FROM gone", "it writes; only reading is allowed"),
            ("WITH a AS NOT MATERIALIZED (SELECT 1) UPDATE t SET x = 1", "it writes; only reading is allowed"),
            ("SELECT count(* FROM t", "a parenthesis is not closed"),
            ("SELECT 1)", "a parenthesis is closed that was not opened"),
        ])
    func otherDialectRefused(sql: String, reason: String) throws {
        let checker = try GoldenRecordChecker(dialect: .postgresql, tables: [])
        #expect(checker.check(sql).check == .invalid(reason: reason))
    }

    @Test(
        "does not refuse SQL that another dialect may read otherwise",
        arguments: [
            "SELECT ';', \"a;b\" FROM t; -- done; really", "SELECT 'it\\'s; fine' FROM t", "SELECT $$a;b(c$$",
            "SELECT q'[it's; (]' FROM dual", "SELECT '''a;b(''' AS x", "SELECT 1 # ; SELECT 2",
            "WITH a AS (SELECT insert('Quadratic', 3, 4, 'What')) SELECT * FROM a",
            "WITH a AS (SELECT 1) SELECT (a).update FROM a", "FROM t SELECT x", "TABLE t",
            "(SELECT 1) UNION (SELECT 2);",
            "SELECT delete FROM t",
        ])
    func otherDialectLeft(sql: String) throws {
        for dialect in SQLDialect.allCases where dialect != .sqlite {
            let check = try GoldenRecordChecker(dialect: dialect, tables: []).check(sql).check
            #expect(check == .unchecked(reason: "of \(dialect.displayName)'s SQL only the form is checked here"))
        }
    }

    @Test("leaves it unchecked where the DDL of a table that it reads does not work")
    func brokenTable() throws {
        let checker = try GoldenRecordChecker(dialect: .sqlite, tables: [.fixture("t", "nonsense")])
        #expect(
            checker.check("SELECT 1 FROM t").check
                == .unchecked(reason: "it reads t, whose DDL does not prepare"))
        #expect(checker.schemaProblems.map(\.tableName) == ["t"])
    }
}
