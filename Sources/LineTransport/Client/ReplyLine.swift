import NIOCore

/// A reply's line, read only as far as it takes to bring it to whoever waits for it.
///
/// The rest is parsed by the one who gets it, on a thread of their own.
struct ReplyLine: Equatable, Sendable {
    /// The request that it answers; `nil` if the daemon could not tell, or it is of no id that this client gives.
    let id: Int?
    let status: Int
    let bytes: ByteBuffer

    /// Whether more lines with the same id follow.
    var isPartial: Bool { status == 206 }

    /// Reads the start of `{"id":1,"status":200,"body":…}`: the protocol promises these keys in this order, and
    /// this client's ids are integers. `nil` for a line that starts otherwise.
    init?(_ line: ByteBuffer) {
        var rest = line
        guard rest.skip(#"{"id":"#) else { return nil }
        id = rest.readNumber()
        guard id != nil || rest.skip("null"), rest.skip(#","status":"#), let status = rest.readNumber() else {
            return nil
        }
        self.status = status
        bytes = line
    }
}

extension ByteBuffer {
    fileprivate mutating func skip(_ text: StaticString) -> Bool {
        let expected = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard readableBytesView.starts(with: expected) else { return false }
        moveReaderIndex(forwardBy: expected.count)
        return true
    }

    /// At most 18 digits, so that no number overflows.
    fileprivate mutating func readNumber() -> Int? {
        let digits = readableBytesView.prefix(19).prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard (1...18).contains(digits.count) else { return nil }
        moveReaderIndex(forwardBy: digits.count)
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}
