/// The header fields of a request or response, in order. Names compare without regard to case.
package struct HTTPHeaders: Sendable, Equatable {
    /// One field: a name and its value.
    package struct Field: Sendable, Equatable {
        /// The name as it was written.
        package let name: String
        /// The value without the white space around it.
        package let value: String
    }

    /// The fields in the order in which they were added.
    package private(set) var fields: [Field] = []

    /// No fields.
    package init() {}

    /// The value of the first field of this name.
    package subscript(name: String) -> String? {
        let wanted = name.lowercased()
        return fields.first { $0.name.lowercased() == wanted }?.value
    }

    /// Adds a field at the end; one of the same name stays.
    package mutating func add(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }
}

extension HTTPHeaders: ExpressibleByDictionaryLiteral {
    /// The fields in the order in which they are written.
    package init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map(Field.init)
    }
}
