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

    /// Makes the example of a golden record that shows these tables.
    package init(schema: SchemaPart, record: GoldenRecord) {
        self.schema = schema
        question = PromptSerialiser().messages(question: record.promptText, schema: schema).user
        sql = PromptSerialiser.trimmed(record.sql)
    }

    /// Appends the line, its line feed included.
    func append(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: schema.lineStart)
        bytes.appendEscapedForJSON(question)
        bytes.append(contentsOf: #""},{"role":"assistant","content":""#.utf8)
        bytes.appendEscapedForJSON(sql)
        bytes.append(contentsOf: "\"}]}\n".utf8)
    }
}
