/// A pattern over a request's path. `*` stands for any text within one segment, `**` for any text at all, and
/// the pattern `*` alone for every path.
struct PathPattern: Equatable, Sendable {
    let text: String

    func matches(_ path: String) -> Bool {
        text == "*" || Self.matches(Array(text)[...], Array(path)[...])
    }

    private static func matches(_ pattern: ArraySlice<Character>, _ path: ArraySlice<Character>) -> Bool {
        guard let first = pattern.first else { return path.isEmpty }
        guard first == "*" else {
            return path.first == first && matches(pattern.dropFirst(), path.dropFirst())
        }
        let crossesSegments = pattern.dropFirst().first == "*"
        let rest = pattern.drop { $0 == "*" }
        var tail = path
        while !matches(rest, tail) {
            guard let next = tail.popFirst(), crossesSegments || next != "/" else { return false }
        }
        return true
    }
}
