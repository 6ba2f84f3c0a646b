import ArgumentParser
import UnixSignals

/// The program: flags in, a server until a signal.
@main
struct FinetuneSandbox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finetune-sandbox",
        abstract: "A provider of fine-tuning to try everything on, without network, key or cost.",
        discussion: """
            Speaks OpenAI's HTTP contract for files, fine-tuning jobs, models and chat completions on 127.0.0.1. \
            Everything is kept in memory and is gone when the program ends.

            What it trains is no language model. It remembers the training file, and answers a question with the \
            assistant text of the example whose question is closest (TF-IDF cosine over words and three-letter \
            pieces of words). It never writes a query that is not in the file. Losses and accuracies are measured, \
            not invented: leave-one-out over a sample of the file, comparing the nearest other example's answer with \
            the true one, token by token. A base model has learned nothing and answers "SELECT 1". Token counts are \
            counts of words and signs.

            Control, without a key:
              POST GET DELETE /_sandbox/faults        {"method","path","skip","times","fault":{"type",…}}
                types: status (status, retry_after, code, message, body, content_type), drop_before,
                drop_after, delay (seconds), slow_body (bytes_per_second), truncate, redirect (location),
                answer (text), file_error (seconds, meanwhile, reason)
              POST DELETE     /_sandbox/jobs/{id}     {"fail":{"code","message"}} or {"status":"word"}
              POST            /_sandbox/files/{id}    {"status":"error"}
              PUT             /_sandbox/api-key       {"api_key"}
              PUT             /_sandbox/speed         {"speed"}
              GET             /_sandbox/status        counts
              GET             /_sandbox/requests      the last 1,000 requests
            """,
        version: "0.1.0")

    @Option(help: "The port to listen on; 0 takes a free one, which is printed.")
    var port = 0

    @Option(help: ArgumentHelp("The key that clients must send as a bearer token.", valueName: "key"))
    var apiKey: String

    @Option(help: ArgumentHelp("How many times as fast as 60 seconds a job runs.", valueName: "factor"))
    var speed = 1.0

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be between 0 and 65535.") }
        guard !apiKey.isEmpty else { throw ValidationError("--api-key must not be empty.") }
        guard speed > 0, speed <= SandboxClock.greatestSpeed else {
            throw ValidationError("--speed must be above 0, and at most \(Int(SandboxClock.greatestSpeed)).")
        }
    }

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        let server = try await SandboxServer(port: port, sandbox: Sandbox(apiKey: apiKey, speed: speed))
        announce("finetune-sandbox listening on http://127.0.0.1:\(server.port)/v1")
        try await withThrowingTaskGroup { group in
            group.addTask { try await server.run() }
            group.addTask { for await _ in signals { return } }
            try await group.next()
            group.cancelAll()
        }
    }
}
