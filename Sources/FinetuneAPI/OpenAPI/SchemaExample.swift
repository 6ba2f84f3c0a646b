/// Puts an example of a whole value together from those of its properties.
struct SchemaExample {
    private let book: SchemaBook

    init(_ book: SchemaBook) {
        self.book = book
    }

    /// An example of what the schema describes; nothing where it describes anything.
    func value(of schema: JSONObject) -> JSONValue? {
        let schema = book.resolved(schema)
        if let example = schema["examples"]?.array?.first ?? schema["const"] { return example }
        if let first = schema["enum"]?.array?.first { return first }
        if let first = schema["anyOf"]?.array?.first?.object { return value(of: first) }
        let type = schema["type"]?.array?.first ?? schema["type"]
        switch type?.string {
        case "object": return object(schema)
        case "array": return array(schema)
        case "string": return schema["pattern"] == nil ? "…" : nil
        case "boolean": return false
        case "integer", "number": return schema["minimum"] ?? 0
        default: return nil
        }
    }

    private func array(_ schema: JSONObject) -> JSONValue {
        .array([schema["items"]?.object.flatMap(value)].compactMap(\.self))
    }

    // What is required, and what has an example of its own.
    private func object(_ schema: JSONObject) -> JSONValue {
        let required = Set((schema["required"]?.array ?? []).compactMap(\.string))
        var example = JSONObject()
        for property in schema["properties"]?.object?.members ?? [] {
            let isNullable = property.value["type"]?.array?.contains("null") ?? (property.value["anyOf"] != nil)
            let hasExample = property.value["examples"] != nil
            guard hasExample || required.contains(property.name) else { continue }
            let value = hasExample || !isNullable ? property.value.object.flatMap(value) : nil
            example[property.name] = value ?? .null
        }
        return .object(example)
    }
}
