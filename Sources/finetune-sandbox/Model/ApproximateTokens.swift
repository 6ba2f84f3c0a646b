/// Stands in for a tokenizer: counts words and signs. A real tokenizer's count is usually somewhat higher.
enum ApproximateTokens {
    static func count(_ text: String) -> Int {
        split(text, limit: .max).count
    }

    /// Runs of letters, digits and underscores; each other sign by itself; spaces only part them.
    static func split(_ text: String, limit: Int) -> [Substring.UTF8View] {
        var tokens: [Substring.UTF8View] = []
        var rest = text[...].utf8
        while let first = rest.first, tokens.count < limit {
            if isSpace(first) {
                rest = rest.dropFirst()
                continue
            }
            let end =
                isWord(first) ? rest.firstIndex { !isWord($0) } ?? rest.endIndex : rest.index(after: rest.startIndex)
            tokens.append(rest[..<end])
            rest = rest[end...]
        }
        return tokens
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 32 || (9...13).contains(byte)
    }

    // Every byte beyond ASCII belongs to a letter here: scripts without spaces count as few long words.
    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 128...: true
        default: false
        }
    }
}
