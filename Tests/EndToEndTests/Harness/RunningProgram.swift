import Foundation

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
    private let process: Process
    private let outputFile: URL
    private let errorFile: URL

    /// Starts a program. `name` is what the files of its streams are called.
    init(
        _ executable: URL, _ arguments: [String], name: String, in directory: URL, environment: [String: String],
        input: Data = Data()
    ) throws {
        let files = directory.appending(path: "streams/\(name)")
        outputFile = files.appendingPathExtension("out")
        errorFile = files.appendingPathExtension("err")
        let inputFile = files.appendingPathExtension("in")
        try input.write(to: inputFile)
        for file in [outputFile, errorFile] { try Data().write(to: file) }
        self.name = name
        process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = directory
        process.standardInput = try FileHandle(forReadingFrom: inputFile)
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = try FileHandle(forWritingTo: errorFile)
        try process.run()
    }

    var processID: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }

    /// What it has written to standard output.
    var output: String { get throws { try Self.text(outputFile) } }
    /// What it has written to standard error.
    var errorOutput: String { get throws { try Self.text(errorFile) } }

    private static func text(_ file: URL) throws -> String {
        String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }

    /// Sends it a signal, if it still runs.
    func send(_ signal: Int32) {
        if process.isRunning { kill(processID, signal) }
    }

    /// Waits for its end.
    func ending() async throws -> Ending {
        try await eventually("\(name) ends") { !process.isRunning }
        return switch process.terminationReason {
        case .exit: .exited(process.terminationStatus)
        case .uncaughtSignal: .killed(signal: process.terminationStatus)
        @unknown default: throw NeverHappened(description: "\(name) ended in a way that is not known")
        }
    }

    /// Sends it a signal and waits for its end.
    @discardableResult
    func end(with signal: Int32) async throws -> Ending {
        send(signal)
        return try await ending()
    }
}
