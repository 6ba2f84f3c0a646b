/// Why bytes are no JSON value that the protocol takes.
public enum JSONSyntaxError: Error, Hashable, Sendable {
    /// Something else was expected here.
    case unexpected(offset: Int, expected: String)
    /// The text ended within a value.
    case endedEarly
    /// More text follows the value.
    case trailing(offset: Int)
    /// The bytes here are not UTF-8.
    case invalidUTF8(offset: Int)
    /// A `\u` escape here is half of a surrogate pair.
    case loneSurrogate(offset: Int)
    /// An object has this name twice.
    case duplicateKey(String)
    /// Arrays and objects are nested deeper than allowed.
    case tooDeep(limit: Int)

    /// One clause for people, which follows "the line is no JSON: ".
    public var reason: String {
        switch self {
        case .unexpected(let offset, let expected): "expected \(expected) at byte \(offset)"
        case .endedEarly: "it ends within a value"
        case .trailing(let offset): "more text follows the value at byte \(offset)"
        case .invalidUTF8(let offset): "byte \(offset) is not UTF-8"
        case .loneSurrogate(let offset): "half of a surrogate pair at byte \(offset)"
        case .duplicateKey(let key): "the key \"\(key.prefix(64))\" stands twice in one object"
        case .tooDeep(let limit): "arrays and objects are nested more than \(limit) deep"
        }
    }
}
