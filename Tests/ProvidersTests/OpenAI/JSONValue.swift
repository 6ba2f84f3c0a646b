import FoundationEssentials

/// Any JSON, to compare a body with what it should be whatever the order of its keys.
enum JSONValue: Decodable, Equatable {
    case null
    case boolean(Bool)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    init(_ text: String) throws {
        self = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    }

    private typealias Reader = @Sendable (any SingleValueDecodingContainer) throws -> JSONValue

    private static let readers: [Reader] = [
        { .boolean(try $0.decode(Bool.self)) },
        { .number(try $0.decode(Double.self)) },
        { .text(try $0.decode(String.self)) },
        { .list(try $0.decode([JSONValue].self)) },
    ]

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
            return
        }
        for read in Self.readers {
            do {
                self = try read(container)
                return
            } catch is DecodingError {
                continue
            }
        }
        self = .object(try container.decode([String: JSONValue].self))
    }
}
