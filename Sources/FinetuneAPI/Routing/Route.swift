public import Identifiers
import Spelling

/// One thing that clients can ask for: method, path, who may, what goes in and what comes out.
///
/// Routes are values, defined once in `Routes`; the daemon's router and every client use the same ones.
public struct Route<
    Parameter: PathParameter, Query: Codable & Sendable, Body: Codable & Sendable, Response: Codable & Sendable
>: Sendable {
    /// The route without its types.
    public let signature: RouteSignature

    /// `Response` is the type of each line; where there are many, `last` is that of the last one. `refusals` are those
    /// that other routes lack. `changesNothing` is for a route that is no `GET` and yet no write.
    init(
        _ method: Method, _ path: String, by role: Role, replies: ReplyForm = .one(status: 200), _ summary: String,
        changesNothing: Bool = false, last: (any (Codable & Sendable).Type)? = nil, refusals: [ErrorCode] = []
    ) {
        signature = RouteSignature(
            method: method, path: PathPattern(path), role: role, replies: replies, summary: summary,
            takesBody: Body.self != Nothing.self, isWrite: method != .get && !changesNothing,
            refusals: refusals,
            types: RouteTypes(
                parameter: Parameter.self, query: Query.self, body: Body.self, response: Response.self, last: last))
    }

    /// A request for this route, as clients send it.
    public func request(_ parameter: Parameter, query: Query, body: Body) throws -> Request {
        let encoder = WireEncoder(absent: .omitted)
        let names = try JSONParser.parse(encoder.encode(query))
        return Request(
            method: signature.method,
            path: signature.path.path(parameter.pathText) + Self.queryString(names),
            body: signature.takesBody ? try JSONParser.parse(encoder.encode(body), depthLimit: 128) : nil)
    }

    private static func queryString(_ names: JSONValue) -> String {
        let pairs = (names.object?.members ?? []).map { member in
            "\(PercentCoding.encode(member.name))=\(PercentCoding.encode(member.value.string ?? member.value.text))"
        }
        return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
    }
}

extension Route where Parameter == Nothing {
    /// A request for this route, which has no parameter in its path.
    public func request(query: Query, body: Body) throws -> Request {
        try request(Nothing(), query: query, body: body)
    }
}

/// A route without its types.
public struct RouteSignature: Hashable, Sendable {
    /// The method.
    public let method: Method
    /// The path.
    public let path: PathPattern
    /// The least role that may.
    public let role: Role
    /// How it answers.
    public let replies: ReplyForm
    /// What it does, in one line.
    public let summary: String
    /// Whether a request has a body.
    public let takesBody: Bool
    /// Whether a request that succeeds changes what the daemon keeps, so that it is told to the audit log.
    public let isWrite: Bool
    /// What this route may refuse with, besides what every route may.
    public let refusals: [ErrorCode]
    /// The types of its parts, for its description.
    let types: RouteTypes
}

/// The types of a route's parts.
struct RouteTypes: Hashable, Sendable {
    typealias Part = any (Codable & Sendable).Type

    let parameter: any PathParameter.Type
    let query: Part
    let body: Part
    let response: Part
    /// The last line's, where there are many.
    let last: Part?

    private var identifiers: [ObjectIdentifier?] {
        [
            ObjectIdentifier(parameter), ObjectIdentifier(query), ObjectIdentifier(body), ObjectIdentifier(response),
            last.map { ObjectIdentifier($0) },
        ]
    }

    static func == (left: RouteTypes, right: RouteTypes) -> Bool { left.identifiers == right.identifiers }
    func hash(into hasher: inout Hasher) { hasher.combine(identifiers) }
}

/// How a route answers.
public enum ReplyForm: Hashable, Sendable {
    /// With one line of this status.
    case one(status: Int)
    /// With any number of 206 lines, then one of this status.
    case many(status: Int)

    /// The status of the last line.
    public var lastStatus: Int {
        switch self {
        case .one(let status), .many(let status): status
        }
    }
}

/// No parameter, no query or no body.
public struct Nothing: Codable, Sendable, Hashable {
    private enum CodingKeys: CodingKey, CaseIterable {}

    /// Nothing.
    public init() {}

    /// Reads an empty object; any key is refused.
    public init(from decoder: any Decoder) throws {
        _ = try decoder.container(keyedBy: CodingKeys.self)
    }

    /// Writes an empty object.
    public func encode(to encoder: any Encoder) throws {
        _ = encoder.container(keyedBy: CodingKeys.self)
    }
}

/// What can stand in the `{…}` of a path.
public protocol PathParameter: Sendable {
    /// Reads it; `text` is nothing where the path has no parameter.
    init(pathText text: String?) throws(APIError)
    /// The text that stands in the path, before it is percent-encoded.
    var pathText: String? { get }
}

extension Nothing: PathParameter {
    /// The path has no parameter.
    public init(pathText text: String?) {}
    /// Nothing.
    public var pathText: String? { nil }
}

extension ObjectID: PathParameter {
    /// Reads an id of 24 hexadecimal digits.
    public init(pathText text: String?) throws(APIError) {
        guard let id = ObjectID(text ?? "") else { throw .invalidObjectID(text ?? "", field: "id") }
        self = id
    }
    /// 24 hexadecimal digits.
    public var pathText: String? { description }
}

extension String: PathParameter {
    /// Takes any text.
    public init(pathText text: String?) { self = text ?? "" }
    /// The text itself.
    public var pathText: String? { self }
}
