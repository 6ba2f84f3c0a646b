import Identifiers

/// A type that stands in JSON as one value, and says itself what that value looks like.
protocol WireScalar {
    /// Its JSON Schema, an object.
    static var schema: JSONObject { get }
    /// Some value of it.
    static var sample: Self { get }
}

extension JSONObject {
    /// An object of these members, in this order.
    init(_ members: KeyValuePairs<String, JSONValue>) {
        self.init(members: members.map { Member(name: $0.key, value: $0.value) })
    }
}

extension String: WireScalar {
    static var schema: JSONObject { JSONObject(["type": "string"]) }
    static var sample: String { "" }
}

extension Bool: WireScalar {
    static var schema: JSONObject { JSONObject(["type": "boolean"]) }
    static var sample: Bool { false }
}

extension Int: WireScalar {
    static var schema: JSONObject { JSONObject(["type": "integer", "format": "int64"]) }
    static var sample: Int { 0 }
}

extension Double: WireScalar {
    static var schema: JSONObject { JSONObject(["type": "number", "format": "double"]) }
    static var sample: Double { 0 }
}

extension JSONValue: WireScalar {
    static var schema: JSONObject { JSONObject() }
    static var sample: JSONValue { .null }
}

extension ObjectID: WireScalar {
    static var schema: JSONObject {
        JSONObject([
            "type": "string", "pattern": "^[0-9a-fA-F]{24}$", "examples": [.string(sample.description)],
            "description": "24 hexadecimal digits, increasing in time.",
        ])
    }
    static var sample: ObjectID { ObjectID(seconds: 0x6579_EB39, suffix: 0xA1B2_C3D4_E5F6_0718) }
}

extension Timestamp: WireScalar {
    static var schema: JSONObject {
        JSONObject([
            "type": "string", "pattern": #"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z?$"#,
            "examples": [.string(sample.description)], "description": "A time in UTC, to the microsecond.",
        ])
    }
    static var sample: Timestamp { Timestamp(microseconds: 1_702_488_953_263_485) }
}

extension ParameterText: WireScalar {
    static var schema: JSONObject { JSONObject(["type": ["string", "number"], "examples": ["3", 3, "auto"]]) }
    static var sample: ParameterText { "3" }
}
