import FoundationEssentials
import NIOHTTP1

/// What a handler answers; how it then reaches the client is `Delivery`'s matter.
struct Response: Sendable {
    enum Body: Sendable {
        case bytes([UInt8])
        /// Server-sent events, each the text after `data: `.
        case events([String])
    }

    var status: HTTPResponseStatus = .ok
    var headers: HTTPHeaders = [:]
    var body: Body

    static func json(_ value: some Encodable, status: HTTPResponseStatus = .ok) -> Response {
        Response(
            status: status, headers: ["content-type": "application/json"], body: .bytes(Array(encodedJSON(value))))
    }

    /// The bytes that go over the wire.
    var payload: [UInt8] {
        switch body {
        case .bytes(let bytes): bytes
        case .events(let events): events.flatMap { Array("data: \($0)\n\n".utf8) }
        }
    }
}

/// How a response is put on the wire.
enum Delivery: Equatable, Sendable {
    case whole
    /// Half of the body, under a content length for all of it, and then the end of the connection.
    case truncated
    case slow(bytesPerSecond: Int)
}

/// What a connection does at the end of a request.
enum Reply: Sendable {
    case send(Response, Delivery)
    /// A TCP reset without a byte of an answer.
    case reset
}

/// JSON with sorted keys, so that equal values have equal bytes.
func encodedJSON(_ value: some Encodable) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
        return try encoder.encode(value)
    } catch {
        preconditionFailure("the sandbox's own value does not encode: \(error)")
    }
}
