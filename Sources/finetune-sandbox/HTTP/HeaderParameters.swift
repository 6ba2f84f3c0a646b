/// A header value with parameters: `form-data; name="file"; filename="train.jsonl"`.
struct HeaderParameters {
    let value: String
    private let parameters: [String: String]

    init(_ text: some StringProtocol) {
        var fields = Self.split(Array(text))
        value = fields.isEmpty ? "" : fields.removeFirst().lowercased()
        var found: [String: String] = [:]
        for field in fields {
            let pair = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { continue }
            found[trimmed(pair[0]).lowercased()] = Self.unquoted(trimmed(pair[1]))
        }
        parameters = found
    }

    subscript(name: String) -> String? {
        parameters[name]
    }

    /// Splits at semicolons outside of quoted strings.
    private static func split(_ characters: [Character]) -> [String] {
        var fields = [""]
        var isQuoted = false
        var isEscaped = false
        for character in characters {
            if character == ";", !isQuoted {
                fields.append("")
                continue
            }
            if character == "\"", !isEscaped { isQuoted.toggle() }
            isEscaped = isQuoted && character == "\\" && !isEscaped
            fields[fields.count - 1].append(character)
        }
        return fields.map { trimmed($0) }
    }

    /// Undoes both ways in which clients write a quote inside a quoted string: `\"` and `%22`.
    private static func unquoted(_ text: String) -> String {
        guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
        var result = ""
        var isEscaped = false
        for character in text.dropFirst().dropLast() {
            if character == "\\", !isEscaped {
                isEscaped = true
            } else {
                result.append(character)
                isEscaped = false
            }
        }
        return result.split(separator: "%22", omittingEmptySubsequences: false).joined(separator: "\"")
    }
}

private func trimmed(_ text: some StringProtocol) -> String {
    let start = text.drop { $0 == " " || $0 == "\t" }
    return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
}
