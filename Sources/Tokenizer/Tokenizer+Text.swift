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

extension Span<UInt8> {
    fileprivate var repaired: String {
        withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}
