import Testing

@testable import Evaluation

@Suite struct SQLFeatureTests {
    @Test(
        arguments: [
            ("SELECT 1", []),
            ("SELECT a, b FROM t WHERE c IN (1, 2)", []),
            ("SELECT * FROM a JOIN b USING (id)", [.join]),
            ("SELECT * FROM a, b WHERE a.id = b.id", [.join]),
            ("SELECT * FROM a ORDER BY x, y", []),
            ("SELECT count(*) FROM a GROUP BY x, y", [.group]),
            ("SELECT * FROM a WHERE id IN (SELECT id FROM b)", [.nested]),
            ("SELECT max(n) FROM (SELECT count(*) AS n FROM a GROUP BY x)", [.nested, .group]),
            ("SELECT x FROM a UNION SELECT x FROM b", [.setOperation]),
            ("SELECT rank() OVER (PARTITION BY x, y ORDER BY z) FROM a", [.window]),
            ("SELECT x /* join */ FROM a -- group", []),
            ("SELECT 'union' FROM a", []),
        ] as [(String, Set<SQLFeature>)])
    func `features are told from the words of a statement`(sql: String, features: Set<SQLFeature>) {
        #expect(SQLFeature.all(of: sql) == features)
    }
}
