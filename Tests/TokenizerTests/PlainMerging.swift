@testable import Tokenizer

/// Byte-pair encoding of one piece as it is defined, one merge at a time, to hold the quick ways against.
struct PlainMerging {
    private let table: TokenTable

    init(_ vocabulary: Vocabulary) {
        table = TokenTable(VocabularyFile(vocabulary))
    }

    func encode(_ piece: String) -> [TokenID] {
        let text = Array(piece.utf8)
        var parts = text.indices.map { $0..<$0 + 1 }
        while let index = nextMerge(of: parts, in: text) {
            parts[index] = parts[index].lowerBound..<parts.remove(at: index + 1).upperBound
        }
        return parts.map { table.token($0, of: text.span) }
    }

    private func nextMerge(of parts: [Range<Int>], in text: [UInt8]) -> Int? {
        parts.indices.dropLast()
            .map { index in
                (rank: table.token(parts[index].lowerBound..<parts[index + 1].upperBound, of: text.span), index: index)
            }
            .filter { $0.rank != TokenTable.noToken }
            .min { $0 < $1 }?
            .index
    }
}
