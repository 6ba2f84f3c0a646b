import Testing

@testable import TrainingData

@Suite("The skeleton of SQL")
struct SQLSkeletonTests {
    @Test(
        "is the same for texts that differ in values, spelling and aliases",
        arguments: [
            [
                "SELECT name FROM city WHERE area > 5", "select Name from CITY where area>-1.5e3 ;",
                "SELECT name -- all\nFROM city WHERE area > .5",
            ],
            [
                "SELECT a FROM t WHERE b = 'x'", "SELECT a FROM t WHERE b = 'it''s'",
                "SELECT a FROM t WHERE b = x'00ff'",
            ],
            [
                "SELECT a FROM t WHERE b = 'x'", #"SELECT "a" FROM "t" WHERE "b" = "x""#,
                "SELECT [a] FROM `t` WHERE b == 'y'",
            ],
            [
                "SELECT a FROM t WHERE b IN (1, 2)", "SELECT a FROM t WHERE b IN (1,2,3,4)",
                #"SELECT a FROM t WHERE b IN ("p")"#,
            ],
            ["SELECT o.total FROM orders o", "SELECT total FROM orders", "SELECT x.total FROM main.orders AS x"],
            [
                "SELECT count(*) AS n FROM t GROUP BY a ORDER BY n",
                "SELECT count(*) c FROM t GROUP BY a ORDER BY c ASC",
            ],
            [
                "WITH best AS (SELECT max(a) FROM t) SELECT * FROM best",
                "WITH top_one AS (SELECT max(a) FROM t) SELECT b.* FROM top_one AS b",
            ],
            ["SELECT a FROM t INNER JOIN u ON t.id = u.id", "SELECT a FROM t x JOIN u y ON x.id = y.id"],
            ["SELECT a FROM t LEFT OUTER JOIN u USING (id)", "SELECT a FROM t LEFT JOIN u USING (id)"],
            ["SELECT a FROM t WHERE a <> 1", "SELECT a FROM t WHERE a != 2"],
            ["SELECT a FROM t WHERE a BETWEEN 1 AND 2", #"SELECT a FROM t WHERE a BETWEEN "x" AND "y""#],
            [
                "SELECT CASE WHEN a THEN 1 ELSE 2 END kind FROM t",
                "SELECT CASE WHEN a THEN 'b' ELSE 'c' END AS k FROM t",
            ],
            ["SELECT name AS name FROM t", "SELECT name FROM t"],
        ])
    func same(texts: [String]) {
        let skeletons = Set(texts.map { SQLSkeleton($0).text })
        #expect(skeletons.count == 1, "\(skeletons.sorted())")
    }

    @Test(
        "differs where the database is asked something else",
        arguments: [
            ("SELECT name FROM city", "SELECT area FROM city"), ("SELECT name FROM city", "SELECT name FROM state"),
            ("SELECT a FROM t WHERE b = 1", "SELECT a FROM t WHERE b > 1"),
            ("SELECT a FROM t WHERE b = 1 AND c = 1", "SELECT a FROM t WHERE b = 1 OR c = 1"),
            ("SELECT a FROM t ORDER BY a", "SELECT a FROM t ORDER BY a DESC"),
            ("SELECT max(a) FROM t", "SELECT min(a) FROM t"), ("SELECT a FROM t", "SELECT DISTINCT a FROM t"),
            ("SELECT a - 1 FROM t", "SELECT a FROM t"),
            ("SELECT CAST(a AS real) FROM t", "SELECT CAST(a AS text) FROM t"),
            ("SELECT a FROM t JOIN u USING (b)", "SELECT a FROM t LEFT JOIN u USING (b)"),
            ("SELECT substr(a, 1) FROM t", "SELECT substr(a, 1, 2) FROM t"),
            (#"SELECT a FROM t WHERE a = "u"."b""#, #"SELECT a FROM t WHERE a = "b""#),
        ])
    func different(one: String, other: String) {
        #expect(SQLSkeleton(one) != SQLSkeleton(other))
    }

    @Test(
        "is readable, and made of any text",
        arguments: [
            ("SELECT c.name FROM city AS c WHERE c.area > 100 LIMIT 3", "select name from city where area > ? limit ?"),
            ("", ""), ("'", "?"), ("as", "as"), (". . .", ". . ."), ("SELECT ((", "select ( ("),
        ])
    func text(sql: String, skeleton: String) {
        #expect(SQLSkeleton(sql).text == skeleton)
    }
}
