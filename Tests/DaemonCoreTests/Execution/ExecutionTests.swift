import Foundation
import Identifiers
import LineTransport
import Testing
import TrainingData

@testable import DaemonCore
@testable import FinetuneAPI

// One after the other: what SQLite has in memory is counted for the whole process.
@Suite("running the SQL of answers", .serialized, .timeLimit(.minutes(5)))
struct ExecutionTests {
    @Test("rows come with the columns' names, every kind of value as JSON has it")
    func rows() async throws {
        try await withGrounds { daemon, grounds in
            let result = try await daemon.run(
                "SELECT id, title, 1.5 AS half, NULL AS none, x'00ff' AS bytes, 9e999 AS large FROM books ORDER BY id",
                grounds)
            #expect(result.columns == ["id", "title", "half", "none", "bytes", "large"])
            #expect(result.rows[0] == [1, "Jerusalem", 1.5, .null, "X'00FF'", "inf"])
            #expect(result.rows.count == 2 && !result.isTruncated)
        }
    }

    @Test("no more rows are given than are wanted, and the reply says that there are more")
    func limit() async throws {
        try await withGrounds { daemon, grounds in
            let result = try await daemon.run("SELECT * FROM books", grounds, rows: 1)
            #expect(result.rows.count == 1 && result.isTruncated)
            let wide = try await daemon.run(Self.numbers(100_000, "hex(zeroblob(500))"), grounds, rows: 100_000)
            #expect(wide.isTruncated && !wide.rows.isEmpty)
        }
    }

    @Test("comma-separated values come in many lines, and are those of the database")
    func csv() async throws {
        try await withGrounds { daemon, grounds in
            let sql = Self.numbers(20_000, "'a \"b\", ' || n AS text, NULL AS none, '' AS empty")
            let (lines, end) = try await daemon.csv(sql, grounds)
            #expect(lines.count > 10 && end == CSVEnd(rows: 20_000, isTruncated: false))
            let rows = lines.joined().split(separator: "\r\n")
            #expect(rows.count == 20_001)
            #expect(rows[0] == "text,none,empty" && rows[20_000] == #""a ""b"", 20000",,"""#)
            #expect(try await daemon.csv(sql, grounds, rows: 7).end == CSVEnd(rows: 7, isTruncated: true))
            #expect(try await daemon.csv("SELECT 1 AS one WHERE 0", grounds).lines == ["one\r\n"])
        }
    }

    @Test(
        "SQL that writes, attaches, never ends or grows without end is refused or stopped, and others do not notice",
        arguments: [
            ("DELETE FROM books", ErrorCode.sqlNotExecutable), ("ATTACH ':memory:' AS x", .sqlNotExecutable),
            ("PRAGMA user_version = 7", .sqlNotExecutable), ("CREATE TEMP TABLE t (a)", .sqlNotExecutable),
            ("SELECT load_extension('x')", .sqlNotExecutable), ("SELECT 1; SELECT 2", .sqlNotExecutable),
            ("SELECT * FROM shelves", .sqlNotExecutable),
            ("SELECT length(hex(zeroblob(1000000000)))", .sqlExecutionFailed),
            (numbers(nil, "count(*)"), .sqlExecutionFailed),
            ("SELECT count(*) FROM (\(numbers(nil, "randomblob(100000) AS b")) ORDER BY b)", .sqlExecutionFailed),
        ])
    func hostile(_ sql: String, _ code: ErrorCode) async throws {
        try await withGrounds { daemon, grounds in
            let generation = try await daemon.keep(sql, about: grounds.library.connection.id)
            async let refused = daemon.refusal(.get, "/sql-generations/\(generation.id)/execute")
            for _ in 0..<20 {
                let heartbeat = try await daemon.send(.get, "/heartbeat")
                #expect(heartbeat.status == 200)
            }
            let other = try await daemon.run("SELECT count(*) FROM books", grounds)
            #expect(other.rows == [[2]])
            let refusal = try await refused
            #expect(refusal.code == code)
        }
    }

    @Test("whoever goes away ends its query")
    func disconnection() async throws {
        var setup = Setup()
        setup.queries.time = .seconds(10_000)
        try await withGrounds(setup) { daemon, grounds in
            let endless = try await daemon.keep(Self.numbers(nil, "n"), about: grounds.library.connection.id)
            // Each would keep its thread for hours, and there are few of them.
            for _ in 0..<8 {
                let client = try await daemon.connect()
                let lines = client.stream(.get, "/api/v1/sql-generations/\(endless.id)/csv").makeAsyncIterator()
                #expect(try await lines.next()?.isPartial == true)
                await client.close()
            }
            for _ in 0..<8 { #expect(try await daemon.run("SELECT 1", grounds).rows == [[1]]) }
        }
    }

    @Test("whoever does not read its result gives the database back")
    func unread() async throws {
        try await withGrounds(.impatient) { daemon, grounds in
            let endless = try await daemon.keep(Self.numbers(nil, "n"), about: grounds.library.connection.id)
            let reader = try await daemon.lagging(on: "/api/v1/sql-generations/\(endless.id)/csv")
            try daemon.workplace.database("library.sqlite", "CREATE TABLE more (n)")
            try await reader.close()
        }
    }

    @Test("a database that vanished or that another program keeps locked is told, and may come back")
    func trouble() async throws {
        try await withGrounds { daemon, grounds in
            let file = daemon.workplace.databases + "/library.sqlite"
            try FileManager.default.moveItem(atPath: file, toPath: file + ".away")
            let generation = try await daemon.keep("SELECT count(*) FROM books", about: grounds.library.connection.id)
            let path = "/sql-generations/\(generation.id)/execute"
            #expect(try await daemon.refusal(.get, path).code == .invalidDatabaseConnection)
            try FileManager.default.moveItem(atPath: file + ".away", toPath: file)
            #expect(try await daemon.send(.get, path).status == 200)
            try daemon.workplace.database("library.sqlite", "DROP TABLE books")
            #expect(try await daemon.refusal(.get, path).code == .sqlNotExecutable)
        }
    }

    /// Numbers from 1, so many or without end, and an expression of each.
    private static func numbers(_ count: Int?, _ expression: String) -> String {
        let end = count.map { " LIMIT \($0)" } ?? ""
        return "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c\(end)) SELECT \(expression) FROM c"
    }
}

extension TestDaemon {
    fileprivate func run(
        _ sql: String, _ grounds: Grounds, rows: Int? = nil
    ) async throws -> FinetuneAPI.QueryResult {
        let generation = try await keep(sql, about: grounds.library.connection.id)
        return try await client.call(
            Routes.executeGeneration, generation.id, query: ResultQuery(maximumRows: rows))
    }

    fileprivate func csv(
        _ sql: String, _ grounds: Grounds, rows: Int? = nil
    ) async throws -> (lines: [String], end: CSVEnd?) {
        let generation = try await keep(sql, about: grounds.library.connection.id)
        let query = ResultQuery(maximumRows: rows)
        let request = try Routes.generationCSV.request(generation.id, query: query, body: Nothing())
        var lines: [String] = []
        var end: CSVEnd?
        for try await reply in client.stream(request.method, request.path) {
            if reply.isPartial {
                lines.append(try reply.response(CSVText.self).text)
            } else {
                end = try reply.response()
            }
        }
        return (lines, end)
    }
}
