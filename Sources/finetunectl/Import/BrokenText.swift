import FinetuneAPI

/// Says what is wrong with bytes that should have been text.
enum BrokenText {
    static let nul = "contains a NUL byte"
    static let tooLong = "is longer than \(maximumRowBytes.grouped) bytes"

    /// Why bytes, which are not UTF-8, are none. `offset` is the first that is not.
    static func reason(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> String {
        let rest = bytes.dropFirst(offset)
        if isSurrogate(rest) { return "contains half of a surrogate pair" }
        let isCutOff = rest.count < 4 && rest.dropFirst().allSatisfy { $0 & 0xC0 == 0x80 } && rest.first ?? 0 >= 0xC2
        return isCutOff ? "ends within a character" : "byte \(offset + 1) is not UTF-8"
    }

    /// The text that bytes hold, or why they hold none.
    static func text(_ bytes: [UInt8]) -> Result<String, RowProblem> {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return .failure(RowProblem(reason: reason(bytes)))
        }
        return bytes.contains(0) ? .failure(RowProblem(reason: nul)) : .success(text)
    }

    /// Why bytes, which are not UTF-8, are none.
    private static func reason(_ bytes: [UInt8]) -> String {
        bytes.withUnsafeBufferPointer { reason($0, at: firstBrokenByte(in: $0)) }
    }

    private static func firstBrokenByte(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var offset = 0
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            offset += UTF8.width(scalar)
        }
        return offset
    }

    // A surrogate that was written as if it were a character: what is left of broken UTF-16.
    private static func isSurrogate(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        bytes.first == 0xED && bytes.dropFirst().first.map { (0xA0...0xBF).contains($0) } ?? false
    }
}
