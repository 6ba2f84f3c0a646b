import FinetuneAPI
import Foundation
import LineTransport
import Testing

@Suite("A daemon that is started", .serialized, .timeLimit(.minutes(10)))
struct StartTests {
    @Test("on a state directory that another one holds, is refused and names the holder")
    func stateDirectoryInUse() async throws {
        try await withTestHost { host in
            let first = try await host.startDaemon(DaemonOptions())
            var options = DaemonOptions()
            options.socket = "second.sock"
            let second = try host.launchDaemon(options)
            #expect(try await second.ending() == .exited(75))
            #expect(try second.errorOutput.contains("\(first.program.processID)"))
            #expect(try second.errorOutput.contains(host.path("state")))
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: host.path("")).allSatisfy {
                    !$0.hasPrefix("second")
                })
            #expect(try await first.send(.get, "/heartbeat").status == 200)
        }
    }

    @Test("on a socket that another one serves, is refused and names the socket")
    func socketInUse() async throws {
        try await withTestHost { host in
            let first = try await host.startDaemon(DaemonOptions())
            var options = DaemonOptions()
            options.stateDirectory = "second"
            let second = try host.launchDaemon(options)
            #expect(try await second.ending() == .exited(75))
            #expect(try second.errorOutput.contains(first.socket))
            #expect(!FileManager.default.fileExists(atPath: host.path("second")))
            #expect(try await first.send(.get, "/heartbeat").status == 200)
        }
    }

    @Test("after one that was killed, takes over its socket and its state")
    func staleSocket() async throws {
        try await withTestHost { host in
            let first = try await host.startDaemon(DaemonOptions())
            let connection = try await first.client().registerSample(on: host)
            try await first.program.end(with: SIGKILL)
            #expect(FileManager.default.fileExists(atPath: first.socket))
            let second = try await host.startDaemon(DaemonOptions())
            #expect(try await second.send(.get, "/database-connections/\(connection)").status == 200)
        }
    }

    @Test("where something that is no socket has the socket's name, leaves it alone")
    func noSocket() async throws {
        try await withTestHost { host in
            try host.write("daemon.sock", "precious".utf8)
            let daemon = try host.launchDaemon(DaemonOptions())
            #expect(try await daemon.ending() == .exited(75))
            #expect(try daemon.errorOutput.contains("not a socket"))
            #expect(!FileManager.default.fileExists(atPath: host.path("state")))
            #expect(try String(contentsOfFile: host.path("daemon.sock"), encoding: .utf8) == "precious")
        }
    }

    /// A configuration that is not right, and what the complaint must name.
    struct WrongConfiguration: CustomTestStringConvertible {
        let testDescription: String
        let yaml: String
        let named: [String]
    }

    static let wrongConfigurations = [
        WrongConfiguration(
            testDescription: "a misspelt key", yaml: "allowed_database_path: [/srv]",
            named: ["allowed_database_path", "allowed_database_paths"]),
        WrongConfiguration(
            testDescription: "a misspelt key further in", yaml: "providers:\n  openai:\n    base_ulr: http://[::1]",
            named: ["providers.openai.base_ulr", "base_url"]),
        WrongConfiguration(
            testDescription: "a word in place of a number", yaml: "limits:\n  line_bytes: plenty",
            named: ["limits.line_bytes", "plenty"]),
        WrongConfiguration(
            testDescription: "a number out of its range", yaml: "providers:\n  openai:\n    poll_shortest: 0",
            named: ["providers.openai.poll_shortest"]),
        WrongConfiguration(testDescription: "no YAML", yaml: "socket: [", named: []),
    ]

    @Test("with a wrong configuration, exits 78 and names file and key", arguments: wrongConfigurations)
    func wrongConfiguration(_ wrong: WrongConfiguration) async throws {
        try await withTestHost { host in
            let file = try host.write("wrong.yaml", wrong.yaml.utf8)
            let arguments = [
                "--config", file, "--socket", host.path("daemon.sock"), "--state-directory", host.path("state"),
            ]
            let daemon = try host.start(.finetuned, arguments)
            #expect(try await daemon.ending() == .exited(78))
            for word in [file] + wrong.named { #expect(try daemon.errorOutput.contains(word)) }
            #expect(!FileManager.default.fileExists(atPath: host.path("state")))
        }
    }

    @Test("with a configuration file that is not there, exits 78 and names it")
    func missingFile() async throws {
        try await withTestHost { host in
            let daemon = try host.start(.finetuned, ["--config", host.path("none.yaml")])
            #expect(try await daemon.ending() == .exited(78))
            #expect(try daemon.errorOutput.contains(host.path("none.yaml")))
        }
    }

    @Test(
        "with a wrong variable in its environment, exits 78 and names it",
        arguments: ["FINETUNED_LIMITS_LINE_BYTE": "4096", "FINETUNED_LIMITS_LINE_BYTES": "many"])
    func wrongEnvironment(_ name: String, _ value: String) async throws {
        try await withTestHost { host in
            let arguments = ["--socket", host.path("daemon.sock"), "--state-directory", host.path("state")]
            let daemon = try host.start(.finetuned, arguments, environment: [name: value])
            #expect(try await daemon.ending() == .exited(78))
            #expect(try daemon.errorOutput.contains(name))
        }
    }

    @Test("with an option that there is not, exits 64 and shows its usage")
    func wrongOption() async throws {
        try await withTestHost { host in
            let daemon = try host.start(.finetuned, ["--scoket", "x"])
            #expect(try await daemon.ending() == .exited(64))
            #expect(try daemon.errorOutput.contains("Unknown option '--scoket'"))
            #expect(try daemon.errorOutput.contains("Usage: finetuned"))
        }
    }

    @Test("with --check-configuration, prints what is in effect and nothing that is secret")
    func checkConfiguration() async throws {
        try await withTestHost { host in
            let file = try host.write(
                "finetuned.yaml", "providers:\n  openai:\n    proxy: http://user:hidden@proxy:3128\n".utf8)
            let environment = ["OPENAI_API_KEY": "sk-hidden", "FINETUNED_LIMITS_NESTING": "20"]
            let daemon = try host.start(
                .finetuned, ["--config", file, "--check-configuration"], environment: environment)
            #expect(try await daemon.ending() == .exited(0))
            #expect(try daemon.output.contains("nesting: 20"))
            #expect(try !(daemon.output + daemon.errorOutput).contains("hidden"))

            let effective = try host.write("effective.yaml", daemon.output.utf8)
            let again = try host.start(.finetuned, ["--config", effective, "--check-configuration"])
            #expect(try await again.ending() == .exited(0), "what it prints can be its file")
        }
    }

    @Test("with a state that is no database, exits 78 and leaves it as it is")
    func damagedState() async throws {
        try await withTestHost { host in
            try FileManager.default.createDirectory(atPath: host.path("state"), withIntermediateDirectories: false)
            let file = try host.write("state/state.sqlite", Array(repeating: UInt8(ascii: "?"), count: 5_000))
            let daemon = try host.launchDaemon(DaemonOptions())
            #expect(try await daemon.ending() == .exited(78))
            #expect(try daemon.errorOutput.contains(file))
            #expect(try Data(contentsOf: URL(filePath: file)) == Data(repeating: UInt8(ascii: "?"), count: 5_000))
        }
    }

    @Test("goes on though whoever reads its log has gone away")
    func logWithoutReader() async throws {
        try await withTestHost { host in
            let pipe = "mkfifo log; true < log & exec \"$0\" \"$@\" 2> log"
            let arguments = ["--socket", host.path("daemon.sock"), "--state-directory", host.path("state")]
            let program = try host.start(
                URL(filePath: "/bin/sh"),
                ["-c", "cd \"$1\"; shift; \(pipe)", Program.finetuned.url.path(), host.directory.path()] + arguments,
                environment: ["FINETUNED_LOG_LEVEL": "trace"])
            let daemon = try await host.answering(RunningDaemon(program: program, socket: host.path("daemon.sock")))
            #expect(try await daemon.program.end(with: SIGTERM) == .exited(0))
        }
    }

    @Test("goes on though nobody hears what it tells the service manager")
    func managerGone() async throws {
        try await withTestHost { host in
            let arguments = ["--socket", host.path("daemon.sock"), "--state-directory", host.path("state")]
            let program = try host.start(
                .finetuned, arguments, environment: ["NOTIFY_SOCKET": host.path("nobody.sock")])
            let daemon = try await host.answering(RunningDaemon(program: program, socket: host.path("daemon.sock")))
            #expect(try await daemon.program.end(with: SIGTERM) == .exited(0))
            #expect(try daemon.program.errorOutput.contains("the service manager was not told"))
        }
    }

    @Test("with few file descriptors, tells further clients so and goes on for the others")
    func fewFileDescriptors() async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox()
            var options = DaemonOptions(sandbox)
            options.openFiles = 96
            let daemon = try await host.startDaemon(options)
            let client = try await daemon.client()
            let connection = try await client.registerSample(on: host)

            var crowd: [RawConnection] = []
            for _ in 1...80 { crowd.append(try await RawConnection.connect(daemon.socket)) }
            let refusal = try #require(try await crowd.last?.reply())
            #expect(refusal.id == .none)
            #expect(refusal.status == 429)
            #expect(refusal.body["message"]?.string?.contains("file descriptor") == true)
            let order = try await client.order(connection)

            for member in crowd { try await member.close() }
            try await eventually("the daemon has room again") {
                do {
                    return try await daemon.send(.get, "/heartbeat").status == 200
                } catch is ClientError {
                    return false
                }
            }
            #expect(try await client.finishedFinetuning(order.id).status == .succeeded)
            let status = try await host.finetunectl("status")
            #expect(status.output.contains(/turned away +\d+ for want of file descriptors/))
            #expect(try daemon.program.errorOutput.contains(/LimitNOFILE.*a connection was refused/))
        }
    }
}
