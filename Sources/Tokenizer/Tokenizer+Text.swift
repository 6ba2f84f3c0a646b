/// Text in other forms.
extension Tokenizer {
    /// How many tokens the text has.
    package func count(_ text: String) -> Int {
        count(text.utf8Span)
    }

    /// The tokens of the text.
    package func encode(_ text: String) -> [TokenID] {
        encode(text.utf8Span)
    }

    /// How many tokens the UTF-8 has. What is not valid counts as U+FFFD, as in `String(decoding:as:)`.
    package func count(utf8 bytes: Span<UInt8>) -> Int {
        do {
            return count(try UTF8Span(validating: bytes))
        } catch {
            return count(bytes.repaired)
        }
    }

    /// The tokens of the UTF-8. What is not valid is encoded as U+FFFD, as in `String(decoding:as:)`.
    package func encode(utf8 bytes: Span<UInt8>) -> [TokenID] {
        do {
            return encode(try UTF8Span(validating: bytes))
        } catch {
            return encode(bytes.repaired)
        }
    }
}

/// Texts in parts.
extension Tokenizer {
    /// Whether a text can be cut between these two bytes of its UTF-8 into texts that are encoded each by itself: their
    /// tokens are then those of the whole, and their counts add up.
    ///
    /// It can where a line starts with an ASCII letter or digit, whatever the vocabulary: neither ever shares a piece
    /// with a line feed before it. So a part that many texts share need be counted only once.
    package static func canCut(between last: UInt8, and first: UInt8) -> Bool {
        guard last == UInt8(ascii: "\n") else { return false }
        switch first {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            return true
        default: return false
        }
    }
}

extension Span<UInt8> {
    fileprivate var repaired: String {
        withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}
