import FinetuneAPI
import Foundation

/// What a command that has ended wrote, and how it ended.
struct CommandResult {
    let arguments: [String]
    let output: String
    let errorOutput: String
    let ending: RunningProgram.Ending

    init(of program: RunningProgram, _ arguments: [String]) async throws {
        ending = try await program.ending()
        self.arguments = arguments
        output = try program.output
        errorOutput = try program.errorOutput
    }

    /// The exit code, or nothing if a signal ended it.
    var exitCode: Int32? {
        if case .exited(let code) = ending { code } else { nil }
    }

    /// Its output as one JSON document.
    var json: JSONValue { get throws { try JSONParser.parse(output.utf8, depthLimit: 128) } }

    /// Its output as a JSON document a line.
    var jsonLines: [JSONValue] {
        get throws { try output.split(separator: "\n").map { try JSONParser.parse($0.utf8, depthLimit: 128) } }
    }

    /// The command was expected to do what it is for, and did not.
    struct Unexpected: Error, CustomStringConvertible {
        let description: String
    }
}

extension TestHost {
    /// Runs `finetunectl` to its end, and hands back what came of it.
    func runClient(
        _ arguments: [String], socket: String = "daemon.sock", input: Data = Data()
    ) async throws -> CommandResult {
        let environment = ["FINETUNED_SOCKET": path(socket)]
        let program = try start(.finetunectl, arguments, environment: environment, input: input)
        return try await CommandResult(of: program, arguments)
    }

    /// Runs `finetunectl`, which must succeed.
    @discardableResult
    func finetunectl(_ arguments: String..., input: Data = Data()) async throws -> CommandResult {
        let result = try await runClient(arguments, input: input)
        guard result.exitCode == 0 else {
            throw CommandResult.Unexpected(
                description: "finetunectl \(arguments) ended \(result.ending): \(result.errorOutput)")
        }
        return result
    }
}
