import FinetuneAPI
import Store
import TrainingData

/// Checks that several kinds of resources share. Each throws `APIError` with the field's name.
enum FieldChecks {
    /// The text, without white space around it; refused if nothing is left, or more than a name may have.
    static func name(_ text: String, field: String) throws(APIError) -> String {
        let trimmed = text.trimmed
        let length = FieldLimits.nameLength
        guard !trimmed.isEmpty else { throw .invalidField(field, "must not be empty") }
        guard length.contains(trimmed.count) else {
            throw .invalidField(field, "must have at most \(length.upperBound) characters")
        }
        guard !trimmed.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            throw .invalidField(field, "must not hold control characters")
        }
        return trimmed
    }

    /// The text as it is; refused if it has nothing but white space.
    static func text(_ text: String, field: @autoclosure () -> String) throws(APIError) -> String {
        // Most texts begin with a letter, so this looks at one character.
        guard text.contains(where: { !$0.isWhitespace }) else { throw .invalidField(field(), "must not be empty") }
        return text
    }

    /// A text that is stored; refused as `text` is.
    static func storedText(_ text: String, field: @autoclosure () -> String) throws(APIError) -> String {
        try stored(try Self.text(text, field: field()), field: field())
    }

    /// A text that is stored, if only with white space. SQLite's end at a NUL, so what came back would be another.
    static func stored(_ text: String, field: @autoclosure () -> String) throws(APIError) -> String {
        guard !text.utf8.contains(0) else { throw .invalidField(field(), "must not contain a NUL character") }
        return text
    }

    /// The same where it may be left out.
    static func stored(_ text: String?, field: @autoclosure () -> String) throws(APIError) -> String? {
        guard let text else { return nil }
        return try stored(text, field: field()) as String
    }

    /// The same of what a change sets.
    static func stored(_ change: Change<String>, field: @autoclosure () -> String) throws(APIError) -> Change<String> {
        guard case .set(let text) = change else { return change }
        return .set(try stored(text, field: field()))
    }

    /// A note on what was done, without white space around it.
    static func note(_ text: String) throws(APIError) -> String {
        let length = FieldLimits.noteLength
        guard length.contains(text.trimmed.count) else {
            throw .invalidField("note", "must have from \(length.lowerBound) to \(length.upperBound) characters")
        }
        return try stored(text.trimmed, field: "note")
    }

    /// The number that a stream of events goes on after.
    static func eventNumber(_ after: Int?) throws(APIError) -> Int {
        guard let after else { return 0 }
        guard after >= 0 else { throw .invalidField("after", "must be 0 or more") }
        return after
    }

    /// Refuses what is no SHA-256 as replies have it.
    static func digest(_ text: String?, field: String) throws(APIError) {
        guard let text else { return }
        let isDigest = text.utf8.count == 64 && text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
        guard isDigest else { throw .invalidField(field, "must be 64 hexadecimal digits, in small letters") }
    }

    /// The text of a metadata object.
    static func metadata(_ value: JSONValue?) throws(APIError) -> JSONText? {
        switch value {
        case nil, .null: return nil
        case .object(let object): return JSONText(text: JSONValue.object(object).text)
        case .bool, .number, .string, .array: throw .invalidField("metadata", "must be an object")
        }
    }

    /// What a change does to metadata.
    static func metadata(_ change: Change<JSONValue>) throws(APIError) -> Replacement<JSONText> {
        switch change {
        case .unchanged: return .keep
        case .cleared: return .clear
        case .set(let value):
            guard let text = try metadata(value) else { return .clear }
            return .replace(text)
        }
    }

    /// The page that a list is asked for: the first, of 10, where nothing is said.
    static func page(_ page: Int?, _ limit: Int?) throws(APIError) -> PageRequest {
        if let page, page < 1 { throw .invalidField("page", "must be 1 or more") }
        let sizes = FieldLimits.pageSize
        if let limit, !sizes.contains(limit) {
            throw .invalidField("limit", "must be from \(sizes.lowerBound) to \(sizes.upperBound)")
        }
        return PageRequest(number: page ?? 1, limit: limit ?? FieldLimits.usualPageSize)
    }
}

/// What is done to a field, once the client's wish has been checked.
enum Replacement<Value: Sendable>: Sendable {
    case keep
    case clear
    case replace(Value)

    /// The field afterwards.
    func applied(to old: Value?) -> Value? {
        switch self {
        case .keep: old
        case .clear: nil
        case .replace(let value): value
        }
    }
}

extension String {
    /// The text without white space at either end.
    var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}

extension JSONText {
    /// The object, for a reply. What is stored was an object when it came in.
    var json: JSONValue {
        get throws(APIError) {
            do {
                return try JSONParser.parse(text.utf8, depthLimit: 128)
            } catch {
                throw APIError(
                    .internalError, "stored metadata cannot be read: \(error.reason)",
                    remedy: "Set the metadata anew.")
            }
        }
    }
}
