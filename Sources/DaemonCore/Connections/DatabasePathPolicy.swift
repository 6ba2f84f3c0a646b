import FinetuneAPI
import Spelling

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Which database files the daemon opens for its users.
///
/// The daemon may read more than its users may, so only what the configuration allows is opened, and never its own
/// state. Paths are compared with all symbolic links followed. It asks the file system: call it where that may wait.
package struct DatabasePathPolicy: Hashable, Sendable {
    private let allowed: [String]
    private let stateDirectory: String

    /// Allows what lies under the directories in `allowed`, but not under `stateDirectory`.
    package init(allowed: [String], stateDirectory: String) {
        self.allowed = allowed
        self.stateDirectory = stateDirectory
    }

    /// The real path of the file that a `sqlite:///path` URI names.
    func admit(_ uri: String) throws(APIError) -> String {
        let path = try Self.path(ofURI: uri)
        guard let real = Self.realPath(path) else {
            // Of what it may not open, the daemon does not tell whether it is there.
            guard !path.hasDotDot, allowed.contains(where: { Self.isBelow(path, $0) }) else { throw outside(path) }
            throw missing(path)
        }
        guard !Self.lies(real, under: stateDirectory) else {
            throw refused("\(path) lies in the daemon's own state directory", remedy: "Name another database.", path)
        }
        guard allowed.contains(where: { Self.lies(real, under: $0) }) else {
            throw outside(path)
        }
        return real
    }

    // Nor does it tell where a link leads.
    private func outside(_ path: String) -> APIError {
        let directory = path.split(separator: "/").dropLast().joined(separator: "/")
        return refused(
            "\(path) lies outside of what the configuration allows",
            remedy: "Add /\(directory), or the directory that a link there leads to, to allowed_database_paths in the "
                + "daemon's configuration, and reload it.", path)
    }

    private func missing(_ path: String) -> APIError {
        APIError(
            .invalidDatabaseConnection, "\(path) cannot be opened: \(String(cString: strerror(errno)))",
            remedy: "Name a database file that exists and that the daemon's user may read.",
            detail: ["path": .string(path)])
    }

    private func refused(_ message: String, remedy: String, _ path: String) -> APIError {
        APIError(.invalidDatabaseConnection, message, remedy: remedy, detail: ["path": .string(path)])
    }

    private static func path(ofURI uri: String) throws(APIError) -> String {
        let scheme = "sqlite:///"
        guard uri.hasPrefix(scheme), let path = PercentCoding.decode(uri.dropFirst(scheme.count - 1)),
            path.count > 1, !path.utf8.contains(0)
        else {
            throw APIError(
                .invalidDatabaseURIFormat, "the connection's URI is not of the form sqlite:///path",
                remedy: "Write three slashes and an absolute path: sqlite:///var/lib/sales/sales.sqlite.",
                detail: ["field": "connection_uri"])
        }
        return path
    }

    private static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func lies(_ path: String, under directory: String) -> Bool {
        guard let directory = realPath(directory) else { return false }
        return isBelow(path, directory)
    }

    private static func isBelow(_ path: String, _ directory: String) -> Bool {
        path == directory || path.hasPrefix(directory.hasSuffix("/") ? directory : directory + "/")
    }
}

extension String {
    fileprivate var hasDotDot: Bool { split(separator: "/").contains("..") }
}
