import Spelling

/// Where a database is, as users write it.
enum DatabaseURI {
    /// The URI itself, or that of the SQLite file at a path, made absolute from `directory`.
    static func normalized(_ text: String, relativeTo directory: String) -> String {
        if text.contains("://") { return text }
        let path = text.hasPrefix("/") ? text : directory + "/" + text
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "sqlite:///" + parts.map { PercentCoding.encode($0) }.joined(separator: "/")
    }
}
