import FoundationEssentials
import Glibc

/// Has the daemon's program look at a backup: it knows what a state of its version holds, and reads all of it.
@BlockingIO
struct BackupInspection {
    private static let program = "finetuned"

    nonisolated init() {}

    /// Throws unless a daemon could start from the backup; what is wrong with it the program has told on standard error.
    func inspect(_ backup: String) throws {
        guard try status(of: [program(), "--check-backup", backup]) == 0 else {
            let folder = URL(filePath: backup).deletingLastPathComponent().relativePath
            throw LocalProblem(
                "\(backup) was not restored, and nothing was changed", remedy: "Restore another: ls -t \(folder)")
        }
    }

    // The two are installed together; else it is searched for.
    private func program() throws -> String {
        let own = URL(filePath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        let beside = own.deletingLastPathComponent().appending(path: Self.program).relativePath
        return access(beside, X_OK) == 0 ? beside : Self.program
    }

    private func status(of command: [String]) throws -> Int32 {
        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var child: pid_t = 0
        // Where the name is no path, this searches PATH.
        switch posix_spawnp(&child, command[0], nil, nil, &arguments, environ) {
        case 0: return try status(of: child, command[0])
        case ENOENT:
            throw LocalProblem(
                "the backup cannot be looked at: \(Self.program) is neither beside this program nor in PATH",
                remedy: "Put \(Self.program) there, or restore with --unchecked.")
        case let code: throw SystemCallError("cannot run \(command[0])", number: code)
        }
    }

    private func status(of child: pid_t, _ name: String) throws -> Int32 {
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { throw SystemCallError("cannot wait for \(name)") }
        }
        return status
    }
}
