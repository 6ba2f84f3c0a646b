internal import Crypto

/// The first half of a text's SHA-256: stands for the text where only sameness matters.
struct TextDigest: Hashable {
    let high: UInt64
    let low: UInt64

    init(of text: String) {
        var text = text
        let digest = text.withUTF8 { bytes in
            var hash = SHA256()
            hash.update(bufferPointer: UnsafeRawBufferPointer(bytes))
            return hash.finalize()
        }
        (high, low) = digest.withUnsafeBytes { bytes in
            (
                UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }
}
