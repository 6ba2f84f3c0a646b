import FoundationEssentials

/// A JSON object of a request, read key by key. Every reader throws the error that a client of the contract
/// would see, with `param` naming the key by its full path (`method.supervised.hyperparameters.n_epochs`).
struct RequestObject {
    let fields: [String: JSONValue]
    private let path: String

    init(fields: [String: JSONValue], path: String = "") {
        self.fields = fields
        self.path = path
    }

    /// Parses a whole request body.
    init(body: [UInt8]) throws(APIError) {
        let value: JSONValue
        do {
            value = try JSONDecoder().decode(JSONValue.self, from: Data(body))
        } catch {
            throw .badRequest("We could not parse the JSON body of your request.")
        }
        guard case .object(let fields) = value else {
            throw .badRequest("The body of your request must be a JSON object, not \(value.kind).")
        }
        self.init(fields: fields)
    }

    /// The full path of a key, for `param`.
    func name(_ key: String) -> String {
        path.isEmpty ? key : "\(path).\(key)"
    }

    func allowOnly(_ known: Set<String>) throws(APIError) {
        guard let unknown = fields.keys.filter({ !known.contains($0) }).min() else { return }
        throw .badRequest("Unrecognized request argument supplied: \(name(unknown))", param: name(unknown))
    }

    /// Whether the key is there at all, be it with `null`.
    func contains(_ key: String) -> Bool {
        fields[key] != nil
    }

    func string(_ key: String) throws(APIError) -> String? {
        switch present(key) {
        case nil: return nil
        case .string(let value): return value
        case .some(let other): throw wrongType(key, other, expected: "a string")
        }
    }

    func requiredString(_ key: String) throws(APIError) -> String {
        guard let value = try string(key) else { throw missing(key) }
        return value
    }

    func integer(_ key: String, in range: ClosedRange<Int>) throws(APIError) -> Int? {
        switch present(key) {
        case nil: return nil
        case .integer(let value): return try check(value, key, in: range)
        case .some(let other): throw wrongType(key, other, expected: "an integer")
        }
    }

    /// A number in `range`.
    func number(_ key: String, in range: ClosedRange<Double>) throws(APIError) -> Double? {
        let value: Double
        switch present(key) {
        case nil: return nil
        case .integer(let integer): value = Double(integer)
        case .number(let number): value = number
        case .some(let other): throw wrongType(key, other, expected: "a number")
        }
        guard range.contains(value) else {
            throw .badRequest(
                "Invalid '\(name(key))': it must be between \(range.lowerBound) and \(range.upperBound).",
                param: name(key))
        }
        return value
    }

    func boolean(_ key: String) throws(APIError) -> Bool? {
        switch present(key) {
        case nil: return nil
        case .boolean(let value): return value
        case .some(let other): throw wrongType(key, other, expected: "a boolean")
        }
    }

    func object(_ key: String) throws(APIError) -> RequestObject? {
        switch present(key) {
        case nil: return nil
        case .object(let fields): return RequestObject(fields: fields, path: name(key))
        case .some(let other): throw wrongType(key, other, expected: "an object")
        }
    }

    func array(_ key: String) throws(APIError) -> [JSONValue]? {
        switch present(key) {
        case nil: return nil
        case .array(let values): return values
        case .some(let other): throw wrongType(key, other, expected: "an array")
        }
    }

    func missing(_ key: String) -> APIError {
        .badRequest("Missing required parameter: '\(name(key))'.", code: "missing_required_parameter", param: name(key))
    }

    func wrongType(_ key: String, _ value: JSONValue, expected: String) -> APIError {
        .badRequest(
            "Invalid type for '\(name(key))': expected \(expected), but got \(value.kind) instead.",
            code: "invalid_type", param: name(key))
    }

    func check(_ value: Int, _ key: String, in range: ClosedRange<Int>) throws(APIError) -> Int {
        guard range.contains(value) else {
            throw .badRequest(
                "Invalid '\(name(key))': \(value) is not between \(range.lowerBound) and \(range.upperBound).",
                code: "integer_out_of_range", param: name(key))
        }
        return value
    }

    /// The value of a key that is there and not `null`; the contract treats both absences alike.
    func present(_ key: String) -> JSONValue? {
        guard let value = fields[key], value != .null else { return nil }
        return value
    }
}
