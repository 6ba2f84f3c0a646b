import FinetuneAPI
import NIOHTTP1

/// A provider to run jobs at.
struct RunningSandbox: Sendable {
    static let key = "sk-e2e-key-of-the-daemon"
    /// Jobs take a fraction of a second.
    static let fast = 300.0
    /// Jobs take longer than any test.
    static let slow = 0.01

    let program: RunningProgram
    let port: Int

    var baseURL: String { "http://127.0.0.1:\(port)/v1" }

    /// What the sandbox has made since its start.
    struct Counts: Hashable {
        var files: Int
        var jobs: Int
    }

    /// Its own account of what it has done.
    var status: JSONValue { get async throws { try await control(.GET, "/_sandbox/status") } }

    var counts: Counts {
        get async throws {
            let status = try await status
            return Counts(files: status["files_created"]?.integer ?? -1, jobs: status["jobs_created"]?.integer ?? -1)
        }
    }

    /// Lets the next matching requests fail.
    func inject(_ fault: JSONValue, into method: String, _ path: String, times: Int = 1) async throws {
        _ = try await control(
            .POST, "/_sandbox/faults",
            ["method": .string(method), "path": .string(path), "times": .number(JSONNumber(times)), "fault": fault])
    }

    /// Lets everything go well from now on.
    func forgetFaults() async throws {
        _ = try await control(.DELETE, "/_sandbox/faults")
    }

    /// How many faults have not happened yet.
    var faultsLeft: Int? {
        get async throws { try await control(.GET, "/_sandbox/faults")["data"]?.array?.count }
    }

    /// Lets a job fail.
    func fail(_ job: String, message: String) async throws {
        _ = try await control(
            .POST, "/_sandbox/jobs/\(job)", ["fail": ["code": "invalid_training_file", "message": .string(message)]])
    }

    /// Lets a job vanish.
    func forget(_ job: String) async throws {
        _ = try await control(.DELETE, "/_sandbox/jobs/\(job)")
    }

    /// Shows a word in place of a job's status; nothing shows the status again.
    func show(_ job: String, as word: String?) async throws {
        _ = try await control(.POST, "/_sandbox/jobs/\(job)", ["status": word.map(JSONValue.string) ?? .null])
    }

    func setSpeed(_ speed: Double) async throws {
        _ = try await control(.PUT, "/_sandbox/speed", ["speed": .number(JSONNumber(speed))])
    }

    /// The key that it accepts from now on.
    func setKey(_ key: String) async throws {
        _ = try await control(.PUT, "/_sandbox/api-key", ["api_key": .string(key)])
    }

    /// What a model answers.
    func answer(of model: String, to messages: [JSONValue]) async throws -> String? {
        let exchange = try await HTTPExchange(
            .POST, "/v1/chat/completions", body: ["model": .string(model), "messages": .array(messages)],
            key: Self.key, port: port)
        return try exchange.json["choices"]?.array?.first?["message"]?["content"]?.string
    }

    private func control(_ method: HTTPMethod, _ path: String, _ body: JSONValue? = nil) async throws -> JSONValue {
        let exchange = try await HTTPExchange(method, path, body: body, port: port)
        guard (200..<300).contains(exchange.status) else {
            throw NeverHappened(description: "\(method) \(path): \(String(decoding: exchange.body, as: UTF8.self))")
        }
        return try exchange.json
    }
}

extension TestHost {
    /// Starts a sandbox on a free port, and waits until it says which.
    func startSandbox(speed: Double = RunningSandbox.fast) async throws -> RunningSandbox {
        let program = try start(.sandbox, ["--port", "0", "--api-key", RunningSandbox.key, "--speed", "\(speed)"])
        let port = try await eventually("the sandbox says where it listens") { () -> Int? in
            guard program.isRunning else { throw NeverHappened(description: try program.errorOutput) }
            let line = try program.output.split(separator: "\n").first { $0.hasSuffix("/v1") }
            return line?.split(separator: ":").last.flatMap { Int($0.dropLast(3)) }
        }
        return RunningSandbox(program: program, port: port)
    }
}
