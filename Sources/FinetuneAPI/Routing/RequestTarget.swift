import Spelling

/// A request's path, taken apart.
public struct RequestTarget: Hashable, Sendable {
    /// The parts between slashes, decoded.
    public let segments: [String]
    /// The query's names and values, decoded, in order; a name is there once.
    public let query: JSONObject

    /// Takes a path apart: `/api/v1/golden-records?page=2`.
    public init(_ path: String) throws(APIError) {
        guard path.utf8.first == UInt8(ascii: "/") else {
            throw .invalidField("path", "must begin with a slash, as in \(PathPattern.prefix)/heartbeat")
        }
        // Bytes are cut faster than characters, and a slash is one whatever follows it.
        let mark = path.utf8.firstIndex(of: UInt8(ascii: "?"))
        segments = try Self.segments(path[..<(mark ?? path.endIndex)])
        query = if let mark { try Self.query(path[path.utf8.index(after: mark)...]) } else { JSONObject() }
    }

    private static func segments(_ path: Substring) throws(APIError) -> [String] {
        var path = path
        let segments = path.withUTF8 { bytes in Result { () throws(APIError) in try Self.segments(bytes) } }
        return try segments.get()
    }

    private static func segments(_ path: UnsafeBufferPointer<UInt8>) throws(APIError) -> [String] {
        var segments: [String] = []
        for part in path.split(separator: UInt8(ascii: "/")) {
            guard let segment = PercentCoding.decode(UnsafeBufferPointer(rebasing: part)) else {
                let written = String(decoding: part, as: UTF8.self)
                throw .invalidField("path", "\"\(written.prefix(64))\" is not percent-encoded right")
            }
            segments.append(segment)
        }
        return segments
    }

    private static func query(_ text: Substring) throws(APIError) -> JSONObject {
        var members: [JSONObject.Member] = []
        var names: Set<String> = []
        for pair in text.split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentCoding.decode(halves[0]),
                let value = PercentCoding.decode(halves.count == 2 ? halves[1] : "")
            else { throw .invalidField("path", "the query \"\(pair.prefix(64))\" is not percent-encoded right") }
            guard names.insert(name).inserted else {
                throw .invalidField(String(name.prefix(64)), "stands twice in the query")
            }
            members.append(JSONObject.Member(name: name, value: .string(value)))
        }
        return JSONObject(members: members)
    }
}
