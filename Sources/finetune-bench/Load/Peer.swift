#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
import ArgumentParser

/// What a server under load speaks: how a request is written, and where a reply ends.
enum Peer: String, CaseIterable, ExpressibleByArgument {
    /// The line protocol. Replies name their request and come in any order.
    case finetuned
    /// A line for a line, in order.
    case echo
    /// The Redis protocol: `GET` of a key.
    case redis

    /// Each text as a request of each place in flight: `result[place][text]`.
    func requests(_ texts: [[UInt8]], depth: Int) -> [[[UInt8]]] {
        (0..<depth).map { place in texts.map { request($0, place: place) } }
    }

    private func request(_ text: [UInt8], place: Int) -> [UInt8] {
        switch self {
        case .finetuned: Array("{\"id\":\(place),".utf8) + text.dropFirst() + [UInt8(ascii: "\n")]
        case .echo: text + [UInt8(ascii: "\n")]
        case .redis: Array("*2\r\n$3\r\nGET\r\n$\(text.count)\r\n".utf8) + text + Array("\r\n".utf8)
        }
    }

    /// The first reply in these bytes, `nil` until all of it is there.
    func reply(in bytes: UnsafeRawBufferPointer) -> IncomingReply? {
        switch self {
        case .finetuned: bytes.line.map { IncomingReply(line: UnsafeRawBufferPointer(rebasing: bytes[..<$0])) }
        case .echo: bytes.line.map { IncomingReply(byteCount: $0, place: nil, isRefusal: false) }
        case .redis: redisReply(in: bytes)
        }
    }

    private func redisReply(in bytes: UnsafeRawBufferPointer) -> IncomingReply? {
        guard let head = bytes.line else { return nil }
        var offset = 1
        guard bytes[0] == UInt8(ascii: "$"), let length = bytes.number(at: &offset) else {
            return IncomingReply(byteCount: head, place: nil, isRefusal: true)
        }
        let byteCount = head + length + 2
        return byteCount <= bytes.count ? IncomingReply(byteCount: byteCount, place: nil, isRefusal: false) : nil
    }
}

/// One reply among the bytes that a connection has received.
struct IncomingReply {
    let byteCount: Int
    /// Which of the requests in flight it answers, where replies tell.
    let place: Int?
    let isRefusal: Bool

    init(byteCount: Int, place: Int?, isRefusal: Bool) {
        self.byteCount = byteCount
        self.place = place
        self.isRefusal = isRefusal
    }

    /// A line of finetuned: `{"id":7,"status":200,`…
    init(line: UnsafeRawBufferPointer) {
        var offset = #"{"id":"#.utf8.count
        place = line.number(at: &offset)
        offset += #","status":"#.utf8.count
        isRefusal = line.number(at: &offset).map { $0 >= 400 } ?? true
        byteCount = line.count
    }
}

extension UnsafeRawBufferPointer {
    /// How many bytes the first line has, with its end.
    fileprivate var line: Int? {
        guard let start = baseAddress, let end = memchr(start, Int32(UInt8(ascii: "\n")), count) else { return nil }
        return UnsafeRawPointer(end) - start + 1
    }

    /// The digits at `offset`, which moves behind them.
    fileprivate func number(at offset: inout Int) -> Int? {
        let start = offset
        var number = 0
        while offset < count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self[offset]) {
            number = number * 10 + Int(self[offset] - UInt8(ascii: "0"))
            offset += 1
        }
        return offset > start ? number : nil
    }
}
