/// One line of a training file: what the model is told and asked, and the SQL that it should answer with.
///
/// The form is the chat format of supervised fine-tuning: an object with `messages`, each with a `role` and its
/// `content`, one object a line.
package struct ChatExample: Hashable, Sendable {
    /// The system message, shared with other examples.
    package let schema: SchemaPart
    /// The question, as the prompt of an agent would hold it.
    package let question: String
    /// The answer.
    package let sql: String
    /// The line from where the question starts, its line feed included.
    private let lineEnd: [UInt8]

    /// Makes the example that shows these tables, of a question and an answer without white space around them.
    init(schema: SchemaPart, question: String, sql: String) {
        self.schema = schema
        self.question = question
        self.sql = sql
        var line: [UInt8] = []
        line.reserveCapacity(question.utf8.count + sql.utf8.count + 64)
        line.appendEscapedForJSON(question)
        line.append(contentsOf: #""},{"role":"assistant","content":""#.utf8)
        line.appendEscapedForJSON(sql)
        line.append(contentsOf: "\"}]}\n".utf8)
        lineEnd = line
    }

    /// The size of the line, its line feed included.
    package var byteCount: Int { schema.lineStart.count + lineEnd.count }

    /// Appends the line, its line feed included.
    func append(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: schema.lineStart)
        bytes.append(contentsOf: lineEnd)
    }
}
