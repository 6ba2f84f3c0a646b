import FinetuneAPI
import Foundation
import LineTransport

/// A daemon that answers.
struct RunningDaemon: Sendable {
    let program: RunningProgram
    let socket: String

    /// A new connection to it.
    func client() async throws -> FinetuneClient {
        try await FinetuneClient.connect(toUnixSocket: socket)
    }

    /// Asks one thing over a connection of its own.
    func send(_ method: FinetuneAPI.Method, _ path: String, body: JSONValue? = nil) async throws -> Reply {
        let client = try await client()
        let reply = try await client.send(method, "/api/v1" + path, body: body)
        await client.close()
        return reply
    }

    /// Its own account of how it is.
    var status: DaemonStatus { get async throws { try await send(.get, "/status").response() } }
}

/// How a test's daemon differs from the usual one.
struct DaemonOptions {
    /// The base URL of the provider.
    var baseURL = "http://127.0.0.1:9/v1"
    var key: String? = RunningSandbox.key
    /// How many seconds a call to the provider takes at most.
    var timeout = 2.0
    /// Lines that are added to the configuration.
    var configuration = ""
    /// The same, for its section on the provider; indented by four spaces.
    var providerConfiguration = ""
    var stateDirectory = "state"
    var socket = "daemon.sock"
    /// A limit on open files, as the shell's `ulimit -n` sets it.
    var openFiles: Int?

    init() {}

    /// The options of a daemon that works with a sandbox.
    init(_ sandbox: RunningSandbox) { baseURL = sandbox.baseURL }
}

extension TestHost {
    /// Starts a daemon without waiting for it.
    func launchDaemon(_ options: DaemonOptions) throws -> RunningProgram {
        let file = try write("finetuned.yaml", configuration(options).utf8)
        let arguments = [
            "--config", file, "--socket", path(options.socket), "--state-directory", path(options.stateDirectory),
        ]
        let environment = options.key.map { ["OPENAI_API_KEY": $0] } ?? [:]
        guard let limit = options.openFiles else { return try start(.finetuned, arguments, environment: environment) }
        let command = "ulimit -n \(limit); exec \"$0\" \"$@\""
        return try start(
            URL(filePath: "/bin/sh"), ["-c", command, Program.finetuned.url.path()] + arguments,
            environment: environment)
    }

    /// Starts a daemon, and waits until it answers.
    func startDaemon(_ options: DaemonOptions) async throws -> RunningDaemon {
        try await answering(RunningDaemon(program: try launchDaemon(options), socket: path(options.socket)))
    }

    /// The daemon, once it answers.
    func answering(_ daemon: RunningDaemon) async throws -> RunningDaemon {
        try await eventually("the daemon answers") {
            guard daemon.program.isRunning else {
                throw NeverHappened(description: "the daemon ended: \(try daemon.program.errorOutput)")
            }
            do {
                return try await daemon.send(.get, "/heartbeat").status == 200
            } catch is ClientError {
                return false
            }
        }
        return daemon
    }

    // Everything that is waited for in earnest is waited for a moment here.
    private func configuration(_ options: DaemonOptions) -> String {
        """
        log_level: trace
        allowed_database_paths: ["\(path("data"))"]
        \(options.configuration)
        providers:
          openai:
            base_url: \(options.baseURL)
            proxy: none
            poll_shortest: 0.02
            poll_longest: 0.2
            retry_shortest: 0.02
            retry_longest: 0.2
            timeout: \(options.timeout)
            key_recheck: 0.2
            \(options.providerConfiguration)

        """
    }
}
