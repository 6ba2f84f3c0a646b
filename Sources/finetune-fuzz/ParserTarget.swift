import FinetuneAPI
import LineTransport
import NIOCore
import SeededRandomness

/// Reads lines as the daemon does: cuts what arrives into lines, takes each apart, finds its route, and decodes the
/// parts. Checks what must be true of whatever arrives.
struct ParserTarget {
    /// Far less than the daemon's, so that many lines are over it.
    static let lineBytes = 2_048
    private static let depth = 64
    private static let heartbeat = Array(#"{"id":"usable","method":"GET","path":"/api/v1/heartbeat"}"#.utf8)

    private var decoder = LineDecoder(maximumLength: lineBytes)

    /// What became of the lines.
    private(set) var outcomes = Outcomes()

    /// Takes bytes and then a request, cut into pieces at random. Throws if the request is not understood.
    mutating func take(_ bytes: [UInt8], cutBy random: inout SeededGenerator) throws(Violation) {
        var rest = (bytes + [UInt8(ascii: "\n")] + Self.heartbeat + [UInt8(ascii: "\n")])[...]
        var last: LineDecoder.Line?
        while !rest.isEmpty {
            let length = random.below(4) == 0 ? random.below(rest.count) + 1 : rest.count
            decoder.append(ByteBuffer(bytes: rest.prefix(length)))
            rest = rest.dropFirst(length)
            while let line = decoder.next() {
                try understand(line)
                last = line
            }
        }
        guard last == .complete(ByteBuffer(bytes: Self.heartbeat)) else {
            throw Violation("the request behind it did not arrive whole")
        }
    }

    private mutating func understand(_ line: LineDecoder.Line) throws(Violation) {
        switch line {
        case .tooLong: outcomes.tooLong += 1
        case .complete(let bytes):
            guard bytes.readableBytes <= Self.lineBytes else { throw Violation("a line over the limit arrived") }
            try understand(Array(bytes.readableBytesView))
        }
    }

    private mutating func understand(_ line: [UInt8]) throws(Violation) {
        let plain = line.withUnsafeBytes { PlainRead(line: $0) }
        let request: Request
        do throws(MalformedLine) {
            request = try Self.request(line)
        } catch {
            guard plain == nil else { throw Violation("a plain read is no request") }
            return try refuse(error.error)
        }
        try checkAgreement(of: plain, request, line)
        guard try Self.reread(request) == request else { throw Violation("a request reads back as another") }
        do throws(APIError) {
            let target = try RequestTarget(request.path)
            guard let (route, parameter) = Self.route(request.method, target) else { return outcomes.unknown += 1 }
            try route.checkParts(parameter: parameter, query: target.query, body: request.body)
            outcomes.understood += 1
        } catch {
            try refuse(error)
        }
    }

    private static func request(_ line: [UInt8]) throws(MalformedLine) -> Request {
        let reading = line.withUnsafeBufferPointer { bytes in
            Result { () throws(MalformedLine) in try Request(line: bytes, depthLimit: depth) }
        }
        return try reading.get()
    }

    private static func reread(_ request: Request) throws(Violation) -> Request {
        do throws(MalformedLine) {
            return try Self.request(request.line.dropLast())
        } catch {
            throw Violation("a request that was understood is not when it is written again: \(error.error.message)")
        }
    }

    /// What is a plain read means the same as when it is parsed.
    private func checkAgreement(of plain: PlainRead?, _ request: Request, _ line: [UInt8]) throws(Violation) {
        guard let plain else { return }
        let path = String(decoding: line[plain.path], as: UTF8.self)
        let id = plain.id.map { String(decoding: line[$0], as: UTF8.self) } ?? "null"
        let reply = Reply.line(id: request.id, status: 200, body: [])
        guard request.method == .get, request.body == nil, request.idempotencyKey == nil, request.path == path,
            reply.starts(with: #"{"id":\#(id),"#.utf8)
        else { throw Violation("a plain read is another request when it is parsed") }
    }

    /// Every refusal can be sent as one line that clients can read.
    private mutating func refuse(_ error: APIError) throws(Violation) {
        outcomes.refused[error.code, default: 0] += 1
        do {
            let body = try WireEncoder().encode(error)
            let read = try WireDecoder().decode(APIError.self, from: JSONParser.parse(body))
            guard read == error, !body.contains(UInt8(ascii: "\n")) else { throw Violation("a refusal is garbled") }
        } catch {
            throw Violation("a refusal cannot be sent: \(error)")
        }
    }

    private static func route(_ method: Method, _ target: RequestTarget) -> (RouteSignature, String?)? {
        for route in Routes.all where route.method == method {
            if let parameter = route.path.parameter(of: target) { return (route, parameter) }
        }
        return nil
    }
}

extension PathPattern {
    /// What stands in the place of the pattern's parameter, or nothing in it where it has none; `nil` for a path that
    /// is of another pattern.
    fileprivate func parameter(of target: RequestTarget) -> String?? {
        guard segments.count == target.segments.count else { return nil }
        var parameter: String?
        for (segment, text) in zip(segments, target.segments) {
            switch segment {
            case .literal(let literal): guard literal == text else { return nil }
            case .parameter: parameter = text
            }
        }
        return .some(parameter)
    }
}

/// What became of lines.
struct Outcomes {
    var understood = 0
    var unknown = 0
    var tooLong = 0
    var refused: [ErrorCode: Int] = [:]

    /// On one line, most first.
    var text: String {
        let all =
            refused.map { ($0.key.rawValue, $0.value) } + [
                ("understood", understood), ("unknown_route", unknown), ("line_too_long", tooLong),
            ]
        return all.sorted { $0.1 > $1.1 }.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
    }
}

/// Something that must never happen.
struct Violation: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
