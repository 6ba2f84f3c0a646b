import Identifiers

/// A type that comes often, or by the thousand in one request, and reads itself without the containers of `Decoder`.
protocol PlainlyDecodable {
    /// The value that the JSON holds; `nil` where anything is not as it usually is, which is then decoded once more,
    /// by the long way that finds out what is wrong.
    init?(plain json: JSONValue)
}

extension Array: PlainlyDecodable where Element: PlainlyDecodable {
    init?(plain json: JSONValue) {
        guard case .array(let elements) = json else { return nil }
        self = []
        reserveCapacity(elements.count)
        for element in elements {
            guard let value = Element(plain: element) else { return nil }
            append(value)
        }
    }
}

extension Nothing: PlainlyDecodable {
    init?(plain json: JSONValue) {
        guard case .object(let object) = json, object.members.isEmpty else { return nil }
        self.init()
    }
}

extension NewGoldenRecord: PlainlyDecodable {
    init?(plain json: JSONValue) {
        guard case .object(let object) = json else { return nil }
        var connection: ObjectID?
        var question: String?
        var sql: String?
        var metadata: JSONValue?
        for member in object.members {
            switch (member.name, member.value) {
            case ("db_connection_id", .string(let text)): connection = ObjectID(text)
            case ("prompt_text", .string(let text)): question = text
            case ("sql", .string(let text)): sql = text
            case ("metadata", .object): metadata = member.value
            case ("metadata", .null): metadata = nil
            case (_, _): return nil
            }
        }
        guard let connection, let question, let sql else { return nil }
        self.init(databaseConnection: connection, promptText: question, sql: sql, metadata: metadata)
    }
}
