extension String {
    /// This text as a YAML file holds it: in quotes, unless it is plainly a name, a path or an address.
    var yamlScalar: String {
        let isPlain = !isEmpty && utf8.allSatisfy(Self.plainBytes.contains) && !hasSuffix(":") && !hasPrefix("-")
        return isPlain ? self : "'" + replacing("'", with: "''") + "'"
    }

    private static let plainBytes = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-:".utf8)
}
