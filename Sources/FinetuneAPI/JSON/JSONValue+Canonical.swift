extension JSONValue {
    /// The value as JSON whose members are sorted by name at every level: the same bytes for the same value, in
    /// whatever order its members were written. Numbers stay as they were written.
    public var canonicalBytes: [UInt8] { sorted.bytes }

    private var sorted: JSONValue {
        switch self {
        case .null, .bool, .number, .string: self
        case .array(let elements): .array(elements.map(\.sorted))
        case .object(let object):
            .object(
                JSONObject(
                    members: object.members.map { .init(name: $0.name, value: $0.value.sorted) }
                        .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }))
        }
    }
}
