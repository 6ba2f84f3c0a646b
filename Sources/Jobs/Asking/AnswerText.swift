/// A model's answer, which should be SQL alone and often is a little more.
package enum AnswerText {
    /// The SQL of an answer: what stands in its first Markdown fence, else all of it; without white space around it.
    /// Whether it is SQL is for others to say.
    package static func sql(in answer: String) -> String {
        let lines = answer.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard let start = lines.firstIndex(where: isFence) else { return inlineCode(in: trimmed(answer)) }
        let rest = lines[(start + 1)...]
        let end = rest.firstIndex(where: isFence) ?? rest.endIndex
        return trimmed(rest[..<end].joined(separator: "\n"))
    }

    private static func isFence(_ line: Substring) -> Bool {
        line.drop(while: \.isWhitespace).hasPrefix("```")
    }

    // `SELECT 1` in single backticks, or a fence on one line.
    private static func inlineCode(in text: String) -> String {
        guard text.hasPrefix("`"), text.hasSuffix("`"), text.count > 1 else { return text }
        let inner = text.dropFirst().dropLast()
        return inner.contains("`") ? text : trimmed(String(inner))
    }

    private static func trimmed(_ text: String) -> String {
        var rest = text[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
