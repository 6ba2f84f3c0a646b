/// What the type of a property leaves open: its range, its length, a default, an example.
struct Refinement: Hashable, Sendable {
    /// Members that the property's schema gets in addition; they win over those that its type gives.
    private(set) var members = JSONObject()

    private func with(_ name: String, _ value: JSONValue) -> Refinement {
        var refinement = self
        refinement.members[name] = value
        return refinement
    }

    /// An integer no less than `least`.
    static func integer(from least: Int) -> Refinement {
        Refinement().with("minimum", .number(JSONNumber(least)))
    }

    /// An integer in `range`.
    static func integer(_ range: ClosedRange<Int>) -> Refinement {
        integer(from: range.lowerBound).with("maximum", .number(JSONNumber(range.upperBound)))
    }

    /// A number above zero and no more than `most`.
    static func fraction(upTo most: Double) -> Refinement {
        Refinement().with("exclusiveMinimum", 0).with("maximum", .number(JSONNumber(most)))
    }

    /// A text that is not empty.
    static let text = Refinement().with("minLength", 1)

    /// A text of so many characters.
    static func text(_ length: ClosedRange<Int>) -> Refinement {
        Refinement()
            .with("minLength", .number(JSONNumber(length.lowerBound)))
            .with("maxLength", .number(JSONNumber(length.upperBound)))
    }

    /// A text that matches a regular expression.
    static func text(matching pattern: String) -> Refinement { Refinement().with("pattern", .string(pattern)) }

    /// One of these words.
    static func words(_ words: [String]) -> Refinement {
        Refinement().with("enum", .array(words.map(JSONValue.string)))
    }

    /// JSON that must be an object.
    static let object = Refinement().with("type", "object")

    /// A list of objects.
    static let objects = Refinement().with("items", ["type": "object"])

    /// Always this value.
    static func always(_ value: JSONValue) -> Refinement { Refinement().with("const", value) }

    /// A property of which nothing is to be said but an example.
    static func example(_ value: JSONValue) -> Refinement { Refinement().example(value) }

    /// The same, with what the property is where it is left out.
    func defaulting(to value: JSONValue) -> Refinement { with("default", value) }

    /// The same, with an example.
    func example(_ value: JSONValue) -> Refinement { with("examples", [value]) }
}

/// A wire type with more to say of its properties than their types do.
protocol Refined {
    /// The refinements by the properties' names on the wire.
    static var refinements: [String: Refinement] { get }
}

extension Dictionary where Key == String, Value == Refinement {
    /// Refinements by coding keys.
    init<Name: CodingKey>(_ refinements: KeyValuePairs<Name, Refinement>) {
        self.init(uniqueKeysWithValues: refinements.map { ($0.key.stringValue, $0.value) })
    }
}
