import Identifiers

@testable import FinetuneAPI

// Bodies of requests, as clients write them.

extension JSONValue {
    static func id(_ id: ObjectID) -> JSONValue { .string(id.description) }

    static func connection(to uri: String) -> JSONValue { ["alias": "new", "connection_uri": .string(uri)] }

    static func record(of connection: ObjectID) -> JSONValue {
        ["db_connection_id": .id(connection), "prompt_text": "How many books?", "sql": "SELECT count(*) FROM books"]
    }

    static func table(
        of connection: ObjectID, name: String = "loans", examples: JSONValue = [], _ others: JSONValue = [:]
    ) -> JSONValue {
        var table = JSONObject([
            "db_connection_id": .id(connection), "table_name": .string(name),
            "table_schema": .string("CREATE TABLE \(name) (id INTEGER)"), "examples": examples,
        ])
        for member in others.object?.members ?? [] { table[member.name] = member.value }
        return .object(table)
    }

    static func order(
        of connection: ObjectID, alias: String? = nil, base: JSONValue? = nil, records: [ObjectID]? = nil,
        _ others: JSONValue = [:]
    ) -> JSONValue {
        var order = JSONObject(members: [.init(name: "db_connection_id", value: .id(connection))])
        order["alias"] = alias.map(JSONValue.string)
        order["base_llm"] = base
        order["golden_records"] = records.map { .array($0.map(JSONValue.id)) }
        for member in others.object?.members ?? [] { order[member.name] = member.value }
        return .object(order)
    }
}
