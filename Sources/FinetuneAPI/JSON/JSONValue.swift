/// Any JSON value. Objects keep the order of their members, numbers the way they were written.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    /// What kind of value it is, as messages say it: `a string`.
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }

    /// The string, if it is one.
    public var string: String? {
        if case .string(let string) = self { string } else { nil }
    }

    /// The object, if it is one.
    public var object: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }

    /// The elements, if it is an array.
    public var array: [JSONValue]? {
        if case .array(let array) = self { array } else { nil }
    }

    /// The integer, if it is a number written as one that 64 bits hold.
    public var integer: Int? {
        if case .number(let number) = self { number.integer } else { nil }
    }

    /// The member of this name, if it is an object that has one.
    public subscript(_ name: String) -> JSONValue? { object?[name] }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A number.
    public init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
    /// A boolean.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// A number.
    public init(floatLiteral value: Double) { self = .number(JSONNumber(value)) }
    /// An array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// An object, its members in the order given.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(members: elements.map { JSONObject.Member(name: $0.0, value: $0.1) }))
    }
}

/// A JSON number as it was written, so that one too large for 64 bits comes back unharmed.
public struct JSONNumber: Hashable, Sendable {
    /// The digits, sign, point and exponent.
    public let text: String

    /// Takes text that is known to be a JSON number.
    init(text: String) { self.text = text }

    /// An integer.
    public init(_ integer: Int) { text = String(integer) }

    /// A finite number. Infinity and not-a-number, which JSON lacks, become zero.
    public init(_ double: Double) {
        text = double.isFinite ? (Int(exactly: double).map(String.init) ?? "\(double)") : "0"
    }

    /// The value, if it is written as an integer and 64 bits hold it.
    public var integer: Int? { Int(text) }

    /// The nearest floating-point number.
    public var double: Double { Double(text) ?? .nan }
}

/// A JSON object: members in order, no name twice.
public struct JSONObject: Hashable, Sendable {
    /// A name and its value.
    public struct Member: Hashable, Sendable {
        /// The name.
        public let name: String
        /// The value.
        public var value: JSONValue

        /// A member.
        public init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// The members in the order in which they were written.
    public private(set) var members: [Member]

    /// An object of these members, whose names must differ.
    public init(members: [Member] = []) {
        self.members = members
    }

    /// The value of a name; setting appends a new name at the end, and `nil` removes it.
    public subscript(_ name: String) -> JSONValue? {
        get { members.first { $0.name == name }?.value }
        set {
            guard let place = members.firstIndex(where: { $0.name == name }) else {
                if let newValue { members.append(Member(name: name, value: newValue)) }
                return
            }
            if let newValue { members[place].value = newValue } else { members.remove(at: place) }
        }
    }
}
