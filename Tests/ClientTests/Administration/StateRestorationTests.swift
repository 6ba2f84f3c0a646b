import Foundation
import Testing

@testable import finetunectl

@Suite("Restoring a backup")
struct StateRestorationTests {
    private let directory: String

    init() throws {
        directory = NSTemporaryDirectory() + "restore-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
    }

    /// A file with the header of a state's database, and `mark` after it.
    private func write(_ mark: String, to name: String, applicationID: [UInt8] = Array("fntd".utf8)) throws -> String {
        var bytes = Array("SQLite format 3\0".utf8) + [UInt8](repeating: 0, count: 84)
        bytes.replaceSubrange(68..<72, with: applicationID)
        try Data(bytes + Array(mark.utf8)).write(to: URL(fileURLWithPath: directory + "/" + name))
        return directory + "/" + name
    }

    private func mark(of path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)).dropFirst(100), as: UTF8.self)
    }

    @Test("puts it in the state's place, and keeps what was there with its log")
    func restores() async throws {
        let backup = try write("backup", to: "backup.sqlite")
        let state = try write("damaged", to: "state.sqlite")
        try Data("log".utf8).write(to: URL(fileURLWithPath: state + "-wal"))
        let kept = try await StateRestoration(directory: directory).restore(backup)
        #expect(try mark(of: state) == "backup")
        #expect(try mark(of: backup) == "backup")
        #expect(!FileManager.default.fileExists(atPath: state + "-wal"))
        #expect(kept.count == 2)
        #expect(try mark(of: kept[0]) == "damaged")
        #expect(kept[1] == kept[0] + "-wal")
        try FileManager.default.removeItem(atPath: directory)
    }

    @Test("by root gives what it makes to the directory's owner", .enabled(if: geteuid() == 0))
    func owner() async throws {
        let backup = try write("backup", to: "backup.sqlite")
        #expect(chown(directory, 12_345, 12_345) == 0)
        _ = try await StateRestoration(directory: directory).restore(backup)
        for name in ["state.sqlite", "state.lock"] {
            var information = stat()
            #expect(stat(directory + "/" + name, &information) == 0)
            #expect(information.st_uid == 12_345 && information.st_gid == 12_345, "\(name)")
        }
        try FileManager.default.removeItem(atPath: directory)
    }

    @Test("refuses a file that is no backup, and changes nothing", arguments: [[0, 0, 0, 0], Array("oops".utf8)])
    func foreign(applicationID: [UInt8]) async throws {
        let backup = try write("backup", to: "backup.sqlite", applicationID: applicationID)
        let state = try write("state", to: "state.sqlite")
        await #expect(throws: LocalProblem.self) { try await StateRestoration(directory: directory).restore(backup) }
        #expect(try mark(of: state) == "state")
        try FileManager.default.removeItem(atPath: directory)
    }

    @Test("refuses while the daemon holds the state")
    func running() async throws {
        let backup = try write("backup", to: "backup.sqlite")
        let lock = open(directory + "/state.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        #expect(flock(lock, LOCK_EX) == 0)
        let problem = await #expect(throws: LocalProblem.self) {
            try await StateRestoration(directory: directory).restore(backup)
        }
        #expect(problem?.messages == ["the daemon is running on \(directory)"])
        #expect(problem?.remedy?.contains("systemctl --user stop finetuned") == true)
        close(lock)
        try FileManager.default.removeItem(atPath: directory)
    }
}
