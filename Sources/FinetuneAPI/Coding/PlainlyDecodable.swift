import Identifiers

/// A type that comes by the thousand in one request, and reads itself without the containers of `Decoder`.
protocol PlainlyDecodable {
    /// The value that the JSON holds; `nil` where anything is not as it usually is, which is then decoded once more,
    /// by the long way that finds out what is wrong.
    init?(plain json: JSONValue)
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
            case (_, _): return nil
            }
        }
        guard let connection, let question, let sql else { return nil }
        self.init(databaseConnection: connection, promptText: question, sql: sql, metadata: metadata)
    }
}
