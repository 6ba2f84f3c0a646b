import FinetuneAPI
import TrainingData

/// What a connection's URI says without being opened.
struct ConnectionURI {
    /// The SQL that its database speaks.
    let dialect: SQLDialect

    /// Reads the scheme. A URI with a password is refused: the daemon opens no server's database, and what it does
    /// not need it does not keep.
    init(_ uri: String) throws(APIError) {
        let uri = try FieldChecks.stored(uri, field: "connection_uri") as String
        guard let end = uri.range(of: "://") else { throw Self.malformed("it has no scheme, as in sqlite:///path") }
        let scheme = uri[..<end.lowerBound].lowercased()
        let name = scheme.split(separator: "+").first.map(String.init) ?? scheme
        guard let dialect = SQLDialect(rawValue: name) ?? Self.otherNames[name] else {
            throw Self.malformed("nobody here knows the scheme \"\(name.prefix(32))\"")
        }
        // A file's path may hold what looks like a password elsewhere.
        if dialect != .sqlite, Self.holdsPassword(uri[end.upperBound...]) {
            throw Self.malformed("it holds a password, a key or a token, which the daemon neither needs nor keeps")
        }
        self.dialect = dialect
    }

    // What stands before the last "@" counts as user and password: passwords are often not encoded as they should be.
    private static func holdsPassword(_ rest: Substring) -> Bool {
        if let at = rest.lastIndex(of: "@"), rest[..<at].contains(":") { return true }
        let query = rest.split(separator: "?", maxSplits: 1).dropFirst().joined().lowercased()
        let names = query.split { $0 == "&" || $0 == ";" }.map { $0.prefix { $0 != "=" } }
        return names.contains { name in secretWords.contains { name.contains($0) } }
    }

    // Drivers have many names for what opens a database: `sslpassword`, `access_token`, `aws_secret_access_key`.
    private static let secretWords = ["pass", "pwd", "token", "secret", "key", "credential"]

    private static let otherNames: [String: SQLDialect] = [
        "postgres": .postgresql, "mariadb": .mysql, "sqlserver": .mssql, "awsathena": .athena,
    ]

    private static func malformed(_ problem: String) -> APIError {
        APIError(
            .invalidDatabaseURIFormat, "the connection's URI cannot be used: \(problem)",
            remedy: "Use sqlite:///absolute/path, or the URI of a server without user and password.",
            detail: ["field": "connection_uri"])
    }
}

extension String {
    fileprivate func range(of text: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
