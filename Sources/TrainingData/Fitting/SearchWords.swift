/// The words that names and questions consist of.
enum SearchWords {
    /// The words in lower case, in order: `orderItems`, `order_items` and `Order items` have the same two.
    static func words(of text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var last: Unicode.Scalar?
        let scalars = text.unicodeScalars
        for (index, scalar) in zip(scalars.indices, scalars) {
            if !scalar.isPartOfWord {
                words.appendWord(&word)
            } else {
                let next = scalars.index(after: index)
                let following = next < scalars.endIndex ? scalars[next] : nil
                if let last, scalar.startsWord(after: last, before: following) { words.appendWord(&word) }
                word.unicodeScalars.append(scalar)
            }
            last = scalar
        }
        words.appendWord(&word)
        return words
    }

    /// Words that questions have whatever they are about. In a handful of descriptions they are as rare as the names
    /// of things, and would count as much.
    static let common: Set<String> = [
        "a", "all", "an", "and", "any", "are", "as", "at", "be", "been", "between", "both", "by", "can", "did", "do",
        "does", "each", "every", "find", "for", "from", "get", "give", "had", "has", "have", "how", "i", "in", "is",
        "it", "its", "least", "less", "list", "many", "me", "more", "most", "much", "no", "not", "of", "on", "one",
        "only", "or", "our", "per", "return", "s", "show", "than", "that", "the", "their", "them", "there", "these",
        "they", "this", "those", "to", "us", "was", "we", "were", "what", "when", "where", "which", "who", "whose",
        "will", "with", "you",
    ]
}

extension [String] {
    fileprivate mutating func appendWord(_ word: inout String) {
        if !word.isEmpty { append(word.lowercased()) }
        word = ""
    }
}

extension Unicode.Scalar {
    fileprivate var isPartOfWord: Bool { properties.isAlphabetic || properties.numericType != nil }

    /// Whether a new word starts here: a capital after a small letter or digit, or one that a small letter follows,
    /// as the second in `HTTPServer`.
    fileprivate func startsWord(after last: Unicode.Scalar, before next: Unicode.Scalar?) -> Bool {
        guard properties.isUppercase, last.isPartOfWord else { return false }
        return !last.properties.isUppercase || (next?.properties.isLowercase ?? false)
    }
}
