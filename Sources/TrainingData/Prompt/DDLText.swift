/// Makes somebody's DDL fit to stand before other text.
enum DDLText {
    /// The DDL with line feeds alone between lines, no white space around it, and a semicolon at its end that no
    /// comment swallows.
    static func terminated(_ ddl: String) -> String {
        let text = PromptSerialiser.trimmed(ddl.replacing("\r\n", with: "\n").replacing("\r", with: "\n"))
        switch SQLLexer(text).reduce(nil, { _, token in token }) {
        case .symbol(";"): return text
        case .lineComment: return text + "\n;"
        case .blockComment(isClosed: false): return text + " */;"
        case .blockComment(isClosed: true), .word, .text, .symbol, nil: return text + ";"
        }
    }
}
