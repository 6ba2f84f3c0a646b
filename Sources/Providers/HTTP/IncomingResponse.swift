internal import FoundationEssentials

/// A response while it comes in: header lines, then pieces of the body, up to a limit.
struct IncomingResponse {
    /// A piece that went over the limit is not kept.
    private(set) var isTooLarge = false
    private(set) var headers = HTTPHeaders()
    private(set) var body = Data()
    private var headerBytes = 0
    let limit: Int

    private static let headerLimit = 256 << 10

    init(limit: Int) {
        self.limit = limit
    }

    /// Takes one header line with its line end. `false`: there are too many of them.
    mutating func receive(headerLine: UnsafeRawBufferPointer) -> Bool {
        headerBytes += headerLine.count
        guard headerBytes <= Self.headerLimit else { return false }
        let line = String(decoding: headerLine, as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            // An interim answer (100, 103) has fields of its own, which the final one's replace.
            headers = HTTPHeaders()
        } else if let colon = line.firstIndex(of: ":") {
            headers.add(line[..<colon].trimmed, line[line.index(after: colon)...].trimmed)
        }
        return true
    }

    /// Takes a piece of the body. `false`: it would be longer than the limit.
    mutating func receive(body piece: UnsafeRawBufferPointer) -> Bool {
        guard piece.count <= limit - body.count else {
            isTooLarge = true
            return false
        }
        body.append(contentsOf: piece)
        return true
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var rest = self
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest.drop(while: \.isWhitespace))
    }
}
