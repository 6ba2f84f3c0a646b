internal import Crypto

/// Tells which questions were asked before, from digests alone, however long they are.
struct RepeatedQuestions {
    /// How a question and its SQL stand to those before.
    enum Repetition: Hashable {
        case new
        case sameSQL
        case otherSQL
    }

    private var sqlByQuestion: [Digest: Digest] = [:]

    /// Takes the next question; a conflict is with the SQL that came first.
    mutating func add(question: String, sql: String) -> Repetition {
        let digest = Digest(of: sql)
        let slot = Digest(of: question)
        guard let first = sqlByQuestion[slot] else {
            sqlByQuestion[slot] = digest
            return .new
        }
        return first == digest ? .sameSQL : .otherSQL
    }

    /// The first half of a SHA-256.
    private struct Digest: Hashable {
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
                (bytes.loadUnaligned(as: UInt64.self), bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            }
        }
    }
}
