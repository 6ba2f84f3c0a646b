/// A model's answer, which should be SQL alone and often is a little more.
package enum AnswerText {
    private static let fence = "```"

    /// The SQL of an answer: what stands in its first Markdown fence, else all of it; without white space around it.
    /// Whether it is SQL is for others to say.
    package static func sql(in answer: String) -> String {
        let lines = answer.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard let start = lines.firstIndex(where: isFence) else { return inlineCode(in: trimmed(answer)) }
        if let code = code(between: lines[start]) { return code }
        var fenced = lines[(start + 1)...].prefix { !$0.contains(fence) }
        if fenced.endIndex < lines.endIndex { fenced.append(upToFence(lines[fenced.endIndex])) }
        return trimmed(fenced.joined(separator: "\n"))
    }

    private static func isFence(_ line: Substring) -> Bool {
        line.drop(while: \.isWhitespace).hasPrefix(fence)
    }

    private static func upToFence(_ line: Substring) -> Substring {
        line.firstRange(of: fence).map { line[..<$0.lowerBound] } ?? line
    }

    // ```SELECT 1``` or ```sql SELECT 1```: a fence that is opened and closed on one line.
    private static func code(between line: Substring) -> String? {
        let rest = line.drop(while: \.isWhitespace).drop { $0 == "`" }
        guard rest.contains(fence) else { return nil }
        let code = trimmed(String(upToFence(rest)))
        let language = code.prefix { !$0.isWhitespace }
        return language.lowercased().hasSuffix("sql") ? trimmed(String(code.dropFirst(language.count))) : code
    }

    // `SELECT 1` in single backticks.
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
