import Glibc

/// Puts a backup in the place of a stopped daemon's state. Nothing that was there is removed.
@BlockingIO
struct StateRestoration {
    private static let chunk = 1 << 20
    // The daemon's mark in the header of its database: `fntd`, as the 4 bytes from 68 on.
    private static let applicationID: [UInt8] = [0x66, 0x6E, 0x74, 0x64]

    private let directory: String
    private var database: String { directory + "/state.sqlite" }

    nonisolated init(directory: String) {
        self.directory = directory
    }

    /// Returns where what was there is now.
    func restore(_ backup: String) throws -> [String] {
        let lock = try claim()
        defer { close(lock) }
        try refuseUnlessState(backup)
        let copy = try copied(backup)
        let replaced = try setAside()
        guard rename(copy, database) == 0 else { throw SystemCallError("cannot write \(database)") }
        try synchronize()
        return replaced
    }

    // The daemon holds this lock as long as it runs, so that it is not started in between either.
    private func claim() throws -> CInt {
        let path = directory + "/state.lock"
        let lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw SystemCallError("cannot open \(path)") }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw LocalProblem(
                "the daemon is running on \(directory)",
                remedy: "Stop it first, and its socket, which would start it again: \(stopCommand)")
        }
        do {
            try takeOverOwner(of: directory, lock)
        } catch {
            close(lock)
            throw error
        }
        return lock
    }

    // The system's state is in /var; a user's daemon keeps its own among that user's files.
    private var stopCommand: String {
        let units = "finetuned.socket finetuned.service"
        if directory.hasPrefix("/var/") { return "systemctl stop \(units)" }
        return "systemctl --user stop \(units), or end it by hand"
    }

    private func refuseUnlessState(_ path: String) throws {
        let file = try OpenFile.open(forReading: path)
        defer { file.close() }
        let header = try file.read(upTo: 100)
        guard header.starts(with: "SQLite format 3\0".utf8), header.count == 100,
            Array(header[68..<72]) == Self.applicationID
        else {
            throw LocalProblem(
                "\(path) is no backup of the daemon's state", remedy: "Backups are in \(directory)/backups.")
        }
    }

    private func copied(_ backup: String) throws -> String {
        let source = try OpenFile.open(forReading: backup)
        defer { source.close() }
        let (target, path, removal) = try CleaningUp.file(besides: database)
        defer { target.close() }
        do {
            while case let bytes = try source.read(upTo: Self.chunk), !bytes.isEmpty { try target.write(bytes) }
            try takeOverOwner(of: directory, target.number)
            try target.synchronize()
        } catch {
            removal.finish()
            throw error
        }
        removal.leave()
        return path
    }

    // Root may restore for the daemon's user, who has to be able to open the file.
    private func takeOverOwner(of directory: String, _ file: CInt) throws {
        var information = stat()
        guard stat(directory, &information) == 0 else { throw SystemCallError("cannot read \(directory)") }
        guard geteuid() != 0 || fchown(file, information.st_uid, information.st_gid) == 0 else {
            throw SystemCallError("cannot give the file to the daemon's user")
        }
    }

    // The log goes with the file that it belongs to: beside another one it would be written into that.
    private func setAside() throws -> [String] {
        let suffix = unusedSuffix()
        var moved: [String] = []
        for part in ["", "-wal", "-shm"] where access(database + part, F_OK) == 0 {
            let target = database + suffix + part
            guard rename(database + part, target) == 0 else { throw SystemCallError("cannot move \(database + part)") }
            moved.append(target)
        }
        return moved
    }

    // Whoever restores twice in a second keeps both.
    private func unusedSuffix() -> String {
        let suffix = ".replaced-\(time(nil))"
        var number = 1
        var candidate = suffix
        while access(database + candidate, F_OK) == 0 {
            number += 1
            candidate = "\(suffix)-\(number)"
        }
        return candidate
    }

    private func synchronize() throws {
        let folder = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw SystemCallError("cannot open \(directory)") }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw SystemCallError("cannot write \(directory)") }
    }
}
