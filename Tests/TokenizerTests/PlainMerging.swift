import Tokenizer

/// Byte-pair encoding of one piece as it is defined, one merge at a time, to hold the quick ways against.
struct PlainMerging {
    private let tokens: [[UInt8]: TokenID]

    init(_ tokenizer: Tokenizer) throws {
        var tokens: [[UInt8]: TokenID] = [:]
        for token in 0..<TokenID(tokenizer.tokenCount) {
            tokens[try tokenizer.decode([token])] = token
        }
        self.tokens = tokens
    }

    func encode(_ piece: String) -> [TokenID?] {
        var parts = piece.utf8.map { [$0] }
        while let index = nextMerge(of: parts) {
            parts[index] += parts.remove(at: index + 1)
        }
        return parts.map { tokens[$0] }
    }

    private func nextMerge(of parts: [[UInt8]]) -> Int? {
        parts.indices.dropLast()
            .compactMap { index in tokens[parts[index] + parts[index + 1]].map { (rank: $0, index: index) } }
            .min { $0 < $1 }?
            .index
    }
}
