import CVocabularies

/// The tokens of a vocabulary, in the order of their ids, as contrib/tokenizer/build writes them: how many there are
/// (32 bits, little-endian), the length of each in a byte, then the bytes of each.
///
/// `@unchecked Sendable`: both buffers are constants of the program, which never move and which nobody can write.
struct VocabularyFile: @unchecked Sendable {
    /// The length of each token.
    let lengths: UnsafeBufferPointer<UInt8>
    /// The bytes of all tokens.
    let bytes: UnsafeBufferPointer<UInt8>

    init(_ vocabulary: Vocabulary) {
        let file =
            switch vocabulary {
            case .cl100k: vocabulary_file_cl100k_base()
            case .o200k: vocabulary_file_o200k_base()
            }
        let content = UnsafeBufferPointer(start: file.bytes, count: file.count)
        let tokenCount = Int(UInt32(littleEndian: UnsafeRawBufferPointer(content).loadUnaligned(as: UInt32.self)))
        let tokens = Self.headerLength + tokenCount
        lengths = UnsafeBufferPointer(rebasing: content[Self.headerLength..<tokens])
        bytes = UnsafeBufferPointer(rebasing: content[tokens...])
    }

    private static var headerLength: Int { 4 }
}
