import Foundation
import Synchronization

/// A host in small: a directory of its own, and the programs that run in it.
final class TestHost: Sendable {
    /// The directory. Its path is short, because a socket's path has at most 107 bytes.
    let directory: URL
    fileprivate let programs = Mutex<[RunningProgram]>([])

    init() throws {
        var template = Array("/tmp/finetuned.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw CocoaError(.fileWriteUnknown) }
        let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        directory = URL(filePath: path, directoryHint: .isDirectory)
        for folder in ["streams", "data"] {
            try FileManager.default.createDirectory(
                at: directory.appending(path: folder), withIntermediateDirectories: false)
        }
    }

    /// The path of something in the directory.
    func path(_ name: String) -> String { directory.appending(path: name).path() }

    /// Starts one of our programs.
    func start(
        _ program: Program, _ arguments: [String], environment: [String: String] = [:], input: Data = Data()
    ) throws -> RunningProgram {
        try start(program.url, arguments, environment: environment, input: input)
    }

    /// Starts any program.
    func start(
        _ executable: URL, _ arguments: [String], environment: [String: String] = [:], input: Data = Data()
    ) throws -> RunningProgram {
        try programs.withLock { programs in
            let program = try RunningProgram(
                executable, arguments, name: "\(programs.count)-\(executable.lastPathComponent)", in: directory,
                environment: Self.environment.merging(environment) { $1 }, input: input)
            programs.append(program)
            return program
        }
    }

    // What the tests' surroundings say of keys, proxies and sockets must not reach the programs under test.
    private static var environment: [String: String] {
        ProcessInfo.processInfo.environment.filter { ["PATH", "LD_LIBRARY_PATH"].contains($0.key) }
    }

    /// Writes a file into the directory, and returns its path.
    @discardableResult
    func write(_ name: String, _ content: some Sequence<UInt8>) throws -> String {
        try Data(content).write(to: directory.appending(path: name))
        return path(name)
    }

    /// Ends every program that still runs and removes the directory.
    func shutDown() async throws {
        for program in programs.withLock({ $0 }) { try await program.end(with: SIGKILL) }
        try FileManager.default.removeItem(at: directory)
    }
}

/// A test ended with an error, and what the programs had to say by then.
struct FailureOnHost: Error, CustomStringConvertible {
    let description: String

    init(_ error: any Error, _ host: TestHost) throws {
        let accounts = try host.programs.withLock { $0 }.map { program in
            let state = program.isRunning ? "runs" : "has ended"
            let lines = try program.errorOutput.split(separator: "\n").suffix(10).map { "  \($0.prefix(400))" }
            return (["\(program.name) \(state)"] + lines).joined(separator: "\n")
        }
        description = (["\(error)"] + accounts).joined(separator: "\n")
    }
}

/// Runs `body` on a host of its own.
func withTestHost<Result>(_ body: (TestHost) async throws -> Result) async throws -> Result {
    let host = try TestHost()
    do {
        let result = try await body(host)
        try await host.shutDown()
        return result
    } catch {
        let failure = try FailureOnHost(error, host)
        try await host.shutDown()
        throw failure
    }
}
