import CVocabularies

/// The tokens of a vocabulary, in the order of their ids, as contrib/tokenizer/build writes them: how many there are
/// (32 bits, little-endian), the length of each in a byte, then the bytes of each.
struct VocabularyFile {
    private let content: UnsafeBufferPointer<UInt8>
    let tokenCount: Int

    init(_ vocabulary: Vocabulary) {
        let file =
            switch vocabulary {
            case .cl100k: vocabulary_file_cl100k_base()
            case .o200k: vocabulary_file_o200k_base()
            }
        content = UnsafeBufferPointer(start: file.bytes, count: file.count)
        tokenCount = Int(UInt32(littleEndian: UnsafeRawBufferPointer(content).loadUnaligned(as: UInt32.self)))
    }

    private static var headerLength: Int { 4 }

    /// The length of each token.
    var lengths: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: content[Self.headerLength..<Self.headerLength + tokenCount])
    }

    /// The bytes of all tokens.
    var bytes: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: content[(Self.headerLength + tokenCount)...])
    }
}
