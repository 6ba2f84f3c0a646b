import Testing

@testable import Evaluation

@Suite struct NormalisedSQLTests {
    @Test(arguments: [
        ("SELECT  a ,b\nFROM t ;", "select a,b from t"),
        ("select a,b from t", "select a,b from t"),
        ("SELECT count( * ) -- all\nFROM \"My Table\"", "select count(*)from\"My Table\""),
        ("SELECT 'It''s  A'", "select'It''s  A'"),
        ("SELECT/* x */1", "select 1"),
        ("", ""),
        ("--", ""),
        ("'open", "'open"),
    ])
    func `what does not matter is left out`(sql: String, text: String) {
        #expect(NormalisedSQL(sql).text == text)
    }

    @Test func `texts keep the case of their letters`() {
        #expect(NormalisedSQL("SELECT 'A'") != NormalisedSQL("SELECT 'a'"))
    }
}
