import Foundation
import Synchronization

/// A program that was started, and what it has written so far.
///
/// Its streams are files, so nothing has to be read for it to go on.
final class RunningProgram: Sendable {
    /// How a program ended.
    enum Ending: Hashable {
        case exited(Int32)
        case killed(signal: Int32)
    }

    let name: String
    let processID: pid_t
    private let files: ProcessFiles
    private let ending = Mutex<Ending?>(nil)

    /// Starts a program. `name` is what the files of its streams are called.
    init(
        _ executable: URL, _ arguments: [String], name: String, in directory: URL, environment: [String: String],
        input: Data = Data()
    ) throws {
        self.name = name
        files = try ProcessFiles(directory.appending(path: "streams/\(name)"), input: input)
        processID = try spawn([executable.path()] + arguments, environment, files)
    }

    /// What it has written to standard output.
    var output: String { get throws { try String(decoding: Data(contentsOf: files.output), as: UTF8.self) } }
    /// What it has written to standard error.
    var errorOutput: String { get throws { try String(decoding: Data(contentsOf: files.error), as: UTF8.self) } }

    var isRunning: Bool { ending.withLock { endingSoFar(&$0) == nil } }

    /// Sends it a signal, if it still runs.
    func send(_ signal: Int32) {
        // Under the lock, because the number may be another process's once this one was waited for.
        ending.withLock { if endingSoFar(&$0) == nil { kill(processID, signal) } }
    }

    /// Waits for its end.
    func ending() async throws -> Ending {
        try await eventually("\(name) ends") { ending.withLock { endingSoFar(&$0) } }
    }

    /// Sends it a signal and waits for its end.
    @discardableResult
    func end(with signal: Int32) async throws -> Ending {
        send(signal)
        return try await ending()
    }

    private func endingSoFar(_ ending: inout Ending?) -> Ending? {
        var status: Int32 = 0
        if ending == nil, waitpid(processID, &status, WNOHANG) == processID {
            ending = status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: status & 0x7F)
        }
        return ending
    }
}

/// The files that a process reads and writes as its standard streams.
private struct ProcessFiles {
    let input: URL
    let output: URL
    let error: URL

    init(_ name: URL, input: Data) throws {
        self.input = name.appendingPathExtension("in")
        output = name.appendingPathExtension("out")
        error = name.appendingPathExtension("err")
        try input.write(to: self.input)
        for file in [output, error] { try Data().write(to: file) }
    }
}

/// Starts a process as a shell would: no signal is blocked or ignored.
///
/// Foundation's `Process` hands on the calling thread's signal mask, in which nearly all signals are blocked.
private func spawn(_ arguments: [String], _ environment: [String: String], _ files: ProcessFiles) throws -> pid_t {
    closeOwnDescriptorsOnExec()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, files.input.path(), O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, files.output.path(), O_WRONLY | O_APPEND, 0)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, files.error.path(), O_WRONLY | O_APPEND, 0)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var argumentTexts = arguments.map { strdup($0) } + [nil]
    var environmentTexts = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in argumentTexts + environmentTexts { free(text) } }
    var processID: pid_t = 0
    let error = posix_spawn(&processID, arguments[0], &actions, &attributes, &argumentTexts, &environmentTexts)
    guard error == 0 else { throw POSIXError(POSIXErrorCode(rawValue: error) ?? .EINVAL) }
    return processID
}

// What the test process holds open is not the program's: some tests give it few descriptors.
private func closeOwnDescriptorsOnExec() {
    for descriptor in 3..<Int32(1_024) {
        let flags = fcntl(descriptor, F_GETFD)
        if flags >= 0 { _ = fcntl(descriptor, F_SETFD, flags | FD_CLOEXEC) }
    }
}
