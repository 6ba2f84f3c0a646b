#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// One part of a multipart/form-data body.
struct MultipartPart: Equatable, Sendable {
    var name: String
    var filename: String?
    var content: [UInt8] = []
}

/// What is wrong with a multipart body. RFC 7578 and RFC 2046 leave room that no client of this contract uses:
/// a preamble, padding behind a boundary, an epilogue. All of it is refused, to catch a client's mistake here.
enum MultipartError: Error, Equatable {
    case noBoundary
    case contentBeforeFirstBoundary
    case malformedBoundary
    case malformedHeaders
    case tooManyParts
    case contentAfterLastBoundary
    case unexpectedEnd

    var message: String {
        switch self {
        case .noBoundary: "The content type multipart/form-data lacks its boundary."
        case .contentBeforeFirstBoundary: "The multipart body does not begin with its boundary."
        case .malformedBoundary: "A boundary of the multipart body ends neither in CR LF nor in two hyphens."
        case .malformedHeaders: "A part of the multipart body lacks a content-disposition with a name."
        case .tooManyParts: "The multipart body has more than \(MultipartDecoder.mostParts) parts."
        case .contentAfterLastBoundary: "The multipart body goes on behind its last boundary."
        case .unexpectedEnd: "The multipart body ends before its last boundary."
        }
    }
}

/// Decodes multipart/form-data from chunks of any size: no chunk is looked at twice but for the few bytes that
/// may begin a boundary.
struct MultipartDecoder {
    static let mostParts = 32
    private static let mostHeaderBytes = 16_384

    private enum State {
        case beforeFirstBoundary
        case behindBoundary
        case headers
        case content
        case finished
    }

    private let delimiter: [UInt8]
    private var state = State.beforeFirstBoundary
    private var pending: [UInt8] = []
    /// The last is the one being read. It grows in place, outside of the state: as an enum's payload it would be
    /// copied with every chunk.
    private var parts: [MultipartPart] = []

    init(boundary: String) {
        delimiter = Array("\r\n--\(boundary)".utf8)
    }

    /// - Parameter contentType: the request's header, `multipart/form-data; boundary=…`.
    init(contentType: String) throws(MultipartError) {
        let parameters = HeaderParameters(contentType)
        guard let boundary = parameters["boundary"], (1...70).contains(boundary.utf8.count) else { throw .noBoundary }
        self.init(boundary: boundary)
    }

    mutating func feed(_ bytes: some Sequence<UInt8>) throws(MultipartError) {
        pending.append(contentsOf: bytes)
        while try advance() {}
    }

    /// The parts, once the last boundary has been read.
    consuming func finish() throws(MultipartError) -> [MultipartPart] {
        guard case .finished = state else { throw .unexpectedEnd }
        guard pending.isEmpty || pending == [13, 10] else { throw .contentAfterLastBoundary }
        return parts
    }

    /// One step of the grammar; false when it needs more bytes.
    private mutating func advance() throws(MultipartError) -> Bool {
        switch state {
        case .beforeFirstBoundary: return try readFirstBoundary()
        case .behindBoundary: return try readEndOfBoundary()
        case .headers: return try readHeaders()
        case .content: return readContent()
        case .finished:
            guard pending.count <= 2 else { throw .contentAfterLastBoundary }
            return false
        }
    }

    private mutating func readFirstBoundary() throws(MultipartError) -> Bool {
        let first = delimiter.dropFirst(2)
        guard pending.starts(with: first.prefix(pending.count)) || pending.starts(with: first) else {
            throw .contentBeforeFirstBoundary
        }
        guard pending.count >= first.count else { return false }
        pending.removeFirst(first.count)
        state = .behindBoundary
        return true
    }

    private mutating func readEndOfBoundary() throws(MultipartError) -> Bool {
        guard pending.count >= 2 else { return false }
        if pending.starts(with: "\r\n".utf8) {
            guard parts.count < Self.mostParts else { throw .tooManyParts }
            state = .headers
        } else if pending.starts(with: "--".utf8) {
            state = .finished
        } else {
            throw .malformedBoundary
        }
        pending.removeFirst(2)
        return true
    }

    private mutating func readHeaders() throws(MultipartError) -> Bool {
        guard let end = firstRange(of: Array("\r\n\r\n".utf8), in: pending) else {
            guard pending.count <= Self.mostHeaderBytes else { throw .malformedHeaders }
            return false
        }
        let text = String(decoding: pending[..<end.lowerBound], as: UTF8.self)
        pending.removeFirst(end.upperBound)
        parts.append(try Self.part(headers: text))
        state = .content
        return true
    }

    private mutating func readContent() -> Bool {
        let last = parts.count - 1
        guard let end = firstRange(of: delimiter, in: pending) else {
            let safe = max(0, pending.count - (delimiter.count - 1))
            parts[last].content.append(contentsOf: pending[..<safe])
            pending.removeFirst(safe)
            return false
        }
        parts[last].content.append(contentsOf: pending[..<end.lowerBound])
        pending.removeFirst(end.upperBound)
        state = .behindBoundary
        return true
    }

    private static func part(headers: String) throws(MultipartError) -> MultipartPart {
        let lines = headers.split(separator: "\r\n")
        let disposition = lines.first { $0.lowercased().hasPrefix("content-disposition:") }
        guard let value = disposition?.split(separator: ":", maxSplits: 1).last else { throw .malformedHeaders }
        let parameters = HeaderParameters(value)
        guard parameters.value == "form-data", let name = parameters["name"] else { throw .malformedHeaders }
        return MultipartPart(name: name, filename: parameters["filename"])
    }
}

private func firstRange(of needle: [UInt8], in bytes: [UInt8]) -> Range<Int>? {
    bytes.withUnsafeBytes { bytes in
        var start = 0
        // The C library looks for the first byte: an upload may have hundreds of megabytes.
        while let base = bytes.baseAddress, bytes.count - start >= needle.count,
            let found = memchr(base + start, Int32(needle[0]), bytes.count - start - needle.count + 1)
        {
            let candidate = UnsafeRawPointer(found) - base
            if memcmp(found, needle, needle.count) == 0 { return candidate..<(candidate + needle.count) }
            start = candidate + 1
        }
        return nil
    }
}
