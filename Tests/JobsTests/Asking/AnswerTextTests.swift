import Jobs
import Testing

@Suite("The SQL in an answer")
struct AnswerTextTests {
    @Test(
        "is what stands in its first fence, or all of it",
        arguments: [
            ("SELECT 1", "SELECT 1"), ("  SELECT 1;\n", "SELECT 1;"), ("```sql\nSELECT 1\n```", "SELECT 1"),
            ("```\nSELECT 1\n```\nThat counts.", "SELECT 1"),
            ("Here:\n\n```SQL\nSELECT 1,\n  2\n```", "SELECT 1,\n  2"),
            ("  ```sql\r\nSELECT 1\r\n  ```", "SELECT 1"), ("```sql\nSELECT 1", "SELECT 1"), ("`SELECT 1`", "SELECT 1"),
            ("SELECT `a`, `b`", "SELECT `a`, `b`"), ("`a` AND `b`", "`a` AND `b`"), ("", ""), ("```", ""),
            ("```sql\n```", ""), ("I do not know.", "I do not know."),
            ("```sql\nSELECT 1\n```\nor\n```sql\nSELECT 2\n```", "SELECT 1"),
            ("```SELECT 1```", "SELECT 1"), ("Here:\n```sql SELECT 1 ```", "SELECT 1"),
            ("```PostgreSQL SELECT 1``` counts.\nWell?", "SELECT 1"), ("```sql\nSELECT 1```", "SELECT 1"),
            ("``````", ""),
        ])
    func cleaned(_ answer: String, _ sql: String) {
        #expect(AnswerText.sql(in: answer) == sql)
    }
}
