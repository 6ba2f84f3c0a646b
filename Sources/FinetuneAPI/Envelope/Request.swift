/// What a client asks: one line of the protocol.
public struct Request: Hashable, Sendable {
    /// Echoed in the reply.
    public var id: RequestID
    /// What to do.
    public var method: Method
    /// To what: a path with its query string, as it was sent.
    public var path: String
    /// With what.
    public var body: JSONValue?
    /// What makes it safe to send a `POST` again: the same key and request get the first reply again.
    public var idempotencyKey: String?

    /// The most bytes of an idempotency key.
    public static let maximumIdempotencyKeyBytes = 128

    /// A request.
    public init(
        id: RequestID = .none, method: Method, path: String, body: JSONValue? = nil, idempotencyKey: String? = nil
    ) {
        self.id = id
        self.method = method
        self.path = path
        self.body = body
        self.idempotencyKey = idempotencyKey
    }
}

/// The methods that the protocol knows.
public enum Method: String, Hashable, Sendable, CaseIterable, Codable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case delete = "DELETE"
}

/// A line that is no request, and the id to answer it under.
public struct MalformedLine: Error, Hashable, Sendable {
    /// The line's id where it could be read.
    public var id: RequestID
    /// What is wrong.
    public var error: APIError
}

extension Request {
    /// Reads one line, without its end.
    public init(line: UnsafeBufferPointer<UInt8>, depthLimit: Int = 64) throws(MalformedLine) {
        let value: JSONValue
        do {
            value = try JSONParser.parse(line, depthLimit: depthLimit)
        } catch {
            throw MalformedLine(id: .none, error: .malformedRequest("the line is no JSON: \(error.reason)"))
        }
        try self.init(value)
    }

    private init(_ value: JSONValue) throws(MalformedLine) {
        guard case .object(let object) = value else {
            throw MalformedLine(id: .none, error: .malformedRequest("a request is an object, not \(value.kind)"))
        }
        guard let id = RequestID(object["id"] ?? .null) else {
            throw MalformedLine(
                id: .none, error: .invalidField("id", "must be an integer or a string of at most 128 bytes"))
        }
        do {
            try self.init(id: id, object)
        } catch {
            throw MalformedLine(id: id, error: error)
        }
    }

    private init(id: RequestID, _ object: JSONObject) throws(APIError) {
        let keys = ["id", "method", "path", "body", "idempotency_key"]
        for member in object.members where !keys.contains(member.name) {
            throw .unknownField(member.name, known: keys)
        }
        let method = try Self.method(object["method"])
        self.init(
            id: id, method: method, path: try Self.path(object["path"]), body: object["body"],
            idempotencyKey: try Self.idempotencyKey(object["idempotency_key"], with: method))
    }

    // Refused where it would do nothing: whoever sends one relies on it.
    private static func idempotencyKey(_ value: JSONValue?, with method: Method) throws(APIError) -> String? {
        guard let value else { return nil }
        guard method == .post else { throw .invalidField("idempotency_key", "goes with POST alone") }
        guard let key = value.string, (1...maximumIdempotencyKeyBytes).contains(key.utf8.count) else {
            throw .invalidField(
                "idempotency_key", "must be a string of 1 to \(maximumIdempotencyKeyBytes) bytes")
        }
        return key
    }

    private static func method(_ value: JSONValue?) throws(APIError) -> Method {
        guard let value else { throw .invalidField("method", "is missing") }
        guard let name = value.string, let method = Method(rawValue: name) else {
            throw .invalidField("method", "must be one of GET, POST, PUT, DELETE")
        }
        return method
    }

    private static func path(_ value: JSONValue?) throws(APIError) -> String {
        guard let value else { throw .invalidField("path", "is missing") }
        guard let path = value.string else { throw .invalidField("path", "must be a string, not \(value.kind)") }
        return path
    }

    /// The request as a line of the protocol, with its end.
    public var line: [UInt8] {
        line { writer in
            guard let body else { return }
            writer.raw(",\"body\":")
            writer.value(body)
        }
    }

    /// The same with a body that is JSON already, in place of the request's own.
    public func line(withBody json: [UInt8]) -> [UInt8] {
        line(capacity: json.count + 256) { writer in
            writer.raw(",\"body\":")
            writer.raw(json)
        }
    }

    private func line(capacity: Int = 256, writingBody: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter(capacity: capacity)
        writer.raw("{\"id\":")
        id.write(to: &writer)
        writer.raw(",\"method\":")
        writer.string(method.rawValue)
        writer.raw(",\"path\":")
        writer.string(path)
        writingBody(&writer)
        if let idempotencyKey {
            writer.raw(",\"idempotency_key\":")
            writer.string(idempotencyKey)
        }
        writer.raw("}\n")
        return writer.bytes
    }
}
