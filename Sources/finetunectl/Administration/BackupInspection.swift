import Glibc

/// Has the daemon's program look at a backup: it knows what a state of its version holds, and reads all of it.
@BlockingIO
struct BackupInspection {
    private static let program = "finetuned"

    nonisolated init() {}

    /// Throws unless a daemon could start from the backup; what is wrong with it the program has told on standard error.
    func inspect(_ backup: String) throws {
        guard let program = path() else {
            throw LocalProblem(
                "the backup cannot be looked at: \(Self.program) is neither beside this program nor in PATH",
                remedy: "Put \(Self.program) there, or restore with --unchecked.")
        }
        guard try status(of: [program, "--check-backup", backup]) == 0 else {
            throw LocalProblem(
                "\(backup) was not restored, and nothing was changed",
                remedy: "Restore another: ls -t \(backup.split(separator: "/").dropLast().path(like: backup))")
        }
    }

    // The two are installed together.
    private func path() -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let own = String(decoding: buffer.prefix(max(0, count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
        let beside = own.split(separator: "/").dropLast().path(like: own) + "/" + Self.program
        let searched = getenv("PATH").map { String(cString: $0) } ?? ""
        let places = [beside] + searched.split(separator: ":").map { "\($0)/\(Self.program)" }
        return places.first { access($0, X_OK) == 0 }
    }

    private func status(of command: [String]) throws -> Int32 {
        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var child: pid_t = 0
        let code = posix_spawn(&child, command[0], nil, nil, &arguments, environ)
        guard code == 0 else { throw SystemCallError("cannot run \(command[0])", number: code) }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { throw SystemCallError("cannot wait for \(command[0])") }
        }
        return status
    }
}

extension Collection<Substring> {
    /// The parts of a path, put together, absolute where the other is.
    fileprivate func path(like other: String) -> String {
        let path = (other.hasPrefix("/") ? "/" : "") + joined(separator: "/")
        return path.isEmpty ? "." : path
    }
}
