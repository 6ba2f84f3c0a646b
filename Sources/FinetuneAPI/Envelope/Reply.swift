/// One line of an answer.
public struct Reply: Hashable, Sendable {
    /// The request's id.
    public var id: RequestID
    /// 206 if more lines follow; anything else ends the request.
    public var status: Int
    /// What was asked for, or an error.
    public var body: JSONValue

    /// A reply.
    public init(id: RequestID, status: Int, body: JSONValue) {
        self.id = id
        self.status = status
        self.body = body
    }

    /// Whether more lines with the same id follow.
    public var isPartial: Bool { status == Self.partial }

    /// The status of every line of a stream but its last.
    public static let partial = 206

    /// Reads one line, without its end.
    public init(line: UnsafeBufferPointer<UInt8>) throws(APIError) {
        let value: JSONValue
        do {
            value = try JSONParser.parse(line, depthLimit: 128)
        } catch {
            throw .malformedRequest("the reply is no JSON: \(error.reason)")
        }
        guard let id = RequestID(value["id"] ?? .null), let status = value["status"]?.integer, let body = value["body"]
        else { throw .malformedRequest("the reply lacks id, status or body") }
        self.init(id: id, status: status, body: body)
    }

    /// The line of a reply whose body is JSON already, with its end.
    public static func line(id: RequestID, status: Int, body: some Collection<UInt8>) -> [UInt8] {
        var writer = JSONWriter(capacity: body.count + 48)
        writer.raw("{\"id\":")
        id.write(to: &writer)
        writer.raw(",\"status\":")
        writer.raw(String(status).utf8)
        writer.raw(",\"body\":")
        writer.raw(body)
        writer.raw("}\n")
        return writer.bytes
    }
}
