/// The number of a token in its vocabulary.
package typealias TokenID = UInt32

/// Turns text into the tokens that a model sees, by byte-pair encoding, exactly as the published vocabularies say.
///
/// Text is just text here: what looks like a special token (`<|endoftext|>`) is encoded as the characters that it
/// consists of. A tokenizer never changes and can be used from many threads at once; a copy shares everything.
package struct Tokenizer: Sendable {
    /// The vocabulary that the tokens are of.
    package let vocabulary: Vocabulary
    private let rules: SplitRules
    private let table: TokenTable

    /// Makes a tokenizer, which takes some milliseconds and megabytes: see `shared(_:)`.
    package init(_ vocabulary: Vocabulary) {
        self.vocabulary = vocabulary
        rules = SplitRules(vocabulary: vocabulary)
        table = TokenTable(VocabularyFile(vocabulary))
    }

    /// The one tokenizer of this vocabulary in the process, made when it is first asked for.
    package static func shared(_ vocabulary: Vocabulary) -> Tokenizer {
        switch vocabulary {
        case .cl100k: cl100k
        case .o200k: o200k
        }
    }

    private static let cl100k = Tokenizer(.cl100k)
    private static let o200k = Tokenizer(.o200k)
}

extension Tokenizer {
    /// How many tokens the vocabulary has, without special ones: their ids are those below.
    package var tokenCount: Int { table.count }

    /// How many tokens the text has: the count of `encode(_:)`, without making the array.
    package func count(_ text: UTF8Span) -> Int {
        let bytes = text.span
        var parts = PieceParts()
        var count = 0
        var start = 0
        while start < bytes.count {
            let end = rules.endOfPiece(from: start, in: bytes)
            if table.token(start..<end, of: bytes) != TokenTable.noToken {
                count += 1
            } else {
                parts.merge(start..<end, of: bytes, with: table)
                count += parts.count
            }
            start = end
        }
        return count
    }

    /// The tokens of the text.
    package func encode(_ text: UTF8Span) -> [TokenID] {
        let bytes = text.span
        var parts = PieceParts()
        var tokens: [TokenID] = []
        var start = 0
        while start < bytes.count {
            let end = rules.endOfPiece(from: start, in: bytes)
            let token = table.token(start..<end, of: bytes)
            if token != TokenTable.noToken {
                tokens.append(token)
            } else {
                parts.merge(start..<end, of: bytes, with: table)
                parts.forEach { tokens.append(table.token($0, of: bytes)) }
            }
            start = end
        }
        return tokens
    }

    /// The bytes that the tokens stand for. A text may be cut within a character: these need not be valid UTF-8.
    package func decode(_ tokens: some Sequence<TokenID>) throws(TokenizerError) -> [UInt8] {
        var bytes: [UInt8] = []
        for token in tokens {
            guard token < table.count else { throw .unknownToken(token, vocabulary) }
            bytes += table.bytes(of: token)
        }
        return bytes
    }
}
