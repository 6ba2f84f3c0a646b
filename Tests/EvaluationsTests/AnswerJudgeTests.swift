import FoundationEssentials
import GRDBSQLite
import Testing
import TrainingData

@testable import Evaluations

@Suite final class AnswerJudgeTests {
    private let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appending(
        path: "judge-\(UInt64.random(in: 0 ... .max))")
    private let judge: AnswerJudge

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appending(path: "test.sqlite").path
        var connection: OpaquePointer?
        try #require(sqlite3_open(path, &connection) == SQLITE_OK)
        defer { sqlite3_close(connection) }
        let statements = """
            CREATE TABLE t (a INTEGER, b TEXT);
            INSERT INTO t VALUES (1, 'x'), (2, 'y'), (2, 'y'), (3, NULL);
            """
        try #require(sqlite3_exec(connection, statements, nil, nil, nil) == SQLITE_OK)
        var limits = QueryLimits()
        limits.rows = 100
        judge = try AnswerJudge(path: path, limits: limits)
    }

    deinit {
        do { try FileManager.default.removeItem(at: folder) } catch { Issue.record(error) }
    }

    @Test(arguments: [
        ("SELECT a, b FROM t", "SELECT b, a FROM t ORDER BY a DESC"),
        ("SELECT a FROM t ORDER BY a", "SELECT a AS other FROM t ORDER BY 1"),
        ("SELECT count(*) FROM t", "SELECT 4"),
        ("SELECT avg(a) FROM t", "SELECT sum(a) * 1.0 / count(*) FROM t"),
    ])
    func `SQL that gives the same is right`(golden: String, answer: String) throws {
        #expect(try judge.verdict(on: answer, golden: golden) == .correct)
    }

    @Test(arguments: [
        ("SELECT a FROM t ORDER BY a", "SELECT a FROM t ORDER BY a DESC"),
        ("SELECT a FROM t", "SELECT DISTINCT a FROM t"),
        ("SELECT a FROM t", "SELECT a, b FROM t"),
        ("SELECT a FROM t", "SELECT a FROM t, (SELECT 1 UNION ALL SELECT 2)"),
        (
            "SELECT a FROM t",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 200) SELECT i FROM n"
        ),
    ])
    func `SQL that gives something else is wrong`(golden: String, answer: String) throws {
        #expect(try judge.verdict(on: answer, golden: golden) == .different)
    }

    @Test(arguments: ["DELETE FROM t", "SELECT c FROM t", "SELECT 1; SELECT 2", "", "PRAGMA user_version"])
    func `SQL that does not only read, or does not prepare, is invalid`(answer: String) throws {
        let verdict = try judge.verdict(on: answer, golden: "SELECT 1")
        guard case .invalid = verdict else {
            Issue.record("\(verdict)")
            return
        }
    }

    @Test(arguments: [
        "SELECT gone FROM t",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 200) SELECT i FROM n",
    ])
    func `nobody can tell where the golden SQL gives nothing to compare with`(golden: String) throws {
        let verdict = try judge.verdict(on: "SELECT 1", golden: golden)
        #expect(verdict.isRight == nil)
    }
}
