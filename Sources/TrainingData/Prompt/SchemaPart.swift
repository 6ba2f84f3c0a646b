/// The part of a prompt that does not depend on the question but for the choice of tables: the instruction and the
/// tables, rendered and counted once and shared by every example that shows the same.
package struct SchemaPart: Hashable, Sendable {
    /// The system message.
    package let systemMessage: String
    /// The tables shown, in the order in which they stand in the message.
    package let tables: [ShownTable]
    /// How much is told of them.
    package let detail: PromptDetail
    /// The tokens of the message's text.
    package let tokenCount: Int
    /// The line of a training file up to where the question starts, so that the message is escaped only once.
    let lineStart: [UInt8]

    init(systemMessage: String, tables: [ShownTable], detail: PromptDetail, tokenCount: Int) {
        self.systemMessage = systemMessage
        self.tables = tables
        self.detail = detail
        self.tokenCount = tokenCount
        var line = Array(#"{"messages":[{"role":"system","content":""#.utf8)
        line.appendEscapedForJSON(systemMessage)
        line.append(contentsOf: #""},{"role":"user","content":""#.utf8)
        lineStart = line
    }
}

/// A table that a prompt shows.
package struct ShownTable: Hashable, Sendable {
    /// The name without its schema, as inspected SQL names the table.
    package let name: String
    /// The name with its schema, where it has one.
    package let qualifiedName: String

    init(_ table: TableDescription) {
        name = table.tableName
        qualifiedName = table.qualifiedName
    }
}
