import Spelling

/// Finds what a misspelt name was meant to be.
public enum NearestName {
    /// The name nearest to `name`, or nothing if none is near: at most a third of its letters differ, or one
    /// begins with the other. Nothing is near a name that is longer than any name is.
    public static func of(_ name: String, among names: [String]) -> String? {
        guard name.utf8.count <= longest else { return nil }
        let candidates = names.map { ($0, distance($0, name)) }
        guard let (best, edits) = candidates.min(by: { $0.1 < $1.1 }) else { return nil }
        if edits <= max(2, name.count / 3) && edits < name.count { return best }
        let related = candidates.filter { name.count >= 3 && ($0.0.hasPrefix(name) || name.hasPrefix($0.0)) }
        return related.min { $0.1 < $1.1 }?.0
    }

    /// The names nearest to `name`, at most three, the nearest first; of equally near ones in their order.
    public static func several(_ name: String, among names: [String]) -> [String] {
        var names = names
        var nearest: [String] = []
        while nearest.count < 3, let next = of(name, among: names) {
            nearest.append(next)
            names.removeAll { $0 == next }
        }
        return nearest
    }

    private static let longest = 128

    private static func distance(_ left: String, _ right: String) -> Int {
        EditDistance.between(
            Array(left.lowercased().utf8.prefix(longest)), Array(right.lowercased().utf8.prefix(longest)))
    }
}
