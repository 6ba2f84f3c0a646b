import Foundation
import GRDBSQLite
import Testing

/// A folder of one test: the daemon's state, the databases of its users and the socket. Gone when the test is.
final class Workplace: Sendable {
    /// Free of symbolic links, and short: a socket's path has at most 107 bytes.
    let path: String

    init() throws {
        var template = Array("/tmp/core.XXXXXX".utf8CString)
        let made = try #require(mkdtemp(&template).map { String(cString: $0) })
        path = URL(fileURLWithPath: made).resolvingSymlinksInPath().path
        for folder in [databases, path + "/elsewhere"] {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        }
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: path) } catch { Issue.record(error) }
    }

    var stateDirectory: String { path + "/state" }
    /// The one folder whose databases the daemon may open.
    var databases: String { path + "/databases" }
    var socketPath: String { path + "/socket" }

    /// Makes a database, and returns its URI.
    @discardableResult
    func database(_ name: String = "library.sqlite", _ sql: String = libraryDatabase) throws -> String {
        let file = name.hasPrefix("/") ? name : "\(databases)/\(name)"
        var connection: OpaquePointer?
        defer { sqlite3_close(connection) }
        try #require(sqlite3_open(file, &connection) == SQLITE_OK)
        try #require(sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK)
        return "sqlite://" + file
    }

    /// Takes a database away for the time of `body`.
    func without<Value>(_ name: String = "library.sqlite", _ body: () async throws -> Value) async throws -> Value {
        let (place, hidden) = ("\(databases)/\(name)", "\(path)/elsewhere/\(name)")
        try FileManager.default.moveItem(atPath: place, toPath: hidden)
        let value = try await body()
        try FileManager.default.moveItem(atPath: hidden, toPath: place)
        return value
    }

    /// Locks a database for the time of `body`, as a program does that writes to it.
    func locking<Value>(_ name: String = "library.sqlite", _ body: () async throws -> Value) async throws -> Value {
        var connection: OpaquePointer?
        defer { sqlite3_close(connection) }
        try #require(sqlite3_open("\(databases)/\(name)", &connection) == SQLITE_OK)
        try #require(sqlite3_exec(connection, "BEGIN EXCLUSIVE", nil, nil, nil) == SQLITE_OK)
        return try await body()
    }

    /// Whether this process has a database open.
    func isOpen(_ name: String) -> Bool {
        let (files, file) = (FileManager.default, "\(databases)/\(name)")
        do {
            return try files.contentsOfDirectory(atPath: "/proc/self/fd").contains { descriptor in
                // One that was closed since the folder was read leads nowhere.
                (try? files.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(descriptor)")) == file
            }
        } catch {
            Issue.record(error)
            return true
        }
    }

    func write(_ text: String, to file: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    }

    func text(of file: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
    }
}

/// A small library, about which the tests ask.
let libraryDatabase = """
    CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT);
    CREATE TABLE books (
        id INTEGER PRIMARY KEY, title TEXT NOT NULL, year INTEGER, genre TEXT,
        author_id INTEGER REFERENCES authors (id));
    INSERT INTO authors VALUES (1, 'Selma Lagerlöf', 'SE'), (2, 'Orhan Pamuk', 'TR');
    INSERT INTO books VALUES (1, 'Jerusalem', 1901, 'novel', 1), (2, 'Kar', 2002, 'novel', 2);
    """
