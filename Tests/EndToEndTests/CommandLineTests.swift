import FinetuneAPI
import Foundation
import LineTransport
import Testing

@Suite("finetunectl", .serialized, .timeLimit(.minutes(10)))
struct CommandLineTests {
    @Test("exits 0 when it is done, 1 when the daemon refuses, 2 when the arguments are wrong")
    func exitCodes() async throws {
        try await withTestHost { host in
            _ = try await host.startDaemon(DaemonOptions())
            #expect(try await host.runClient(["status"]).exitCode == 0)

            let refused = try await host.runClient(["finetuning", "show", "aaaaaaaaaaaaaaaaaaaaaaaa"])
            #expect(refused.exitCode == 1)
            #expect(refused.errorOutput.contains("finetuning_not_found"))
            #expect(refused.output.isEmpty)

            for wrong in [
                ["finetuning", "shwo"], ["record", "import", "x", "/no/such/file"], ["table", "--limt", "3"],
            ] {
                let result = try await host.runClient(wrong)
                #expect(result.exitCode == 2, "\(wrong)")
                #expect(!result.errorOutput.isEmpty && result.output.isEmpty)
            }
        }
    }

    @Test("with --json, prints a refusal's body and exits 1 all the same")
    func refusalAsJSON() async throws {
        try await withTestHost { host in
            _ = try await host.startDaemon(DaemonOptions())
            let result = try await host.runClient(["connection", "add", "--alias", "x", "--uri", "/etc/x", "--json"])
            #expect(result.exitCode == 1)
            #expect(try result.json["error_code"]?.string?.isEmpty == false)
        }
    }

    @Test("exits 3 when no daemon answers, and says which command would start one")
    func unreachable() async throws {
        try await withTestHost { host in
            let result = try await host.runClient(["status"])
            #expect(result.exitCode == 3)
            #expect(result.errorOutput.contains(host.path("daemon.sock")))
            #expect(result.errorOutput.contains("finetuned --socket \(host.path("daemon.sock")) --state-directory"))
        }
    }

    @Test("leaves no half file behind when an export is interrupted", arguments: [SIGINT, SIGTERM])
    func interruptedExport(signal: Int32) async throws {
        try await withTestHost { host in
            let daemon = try await host.startDaemon(DaemonOptions())
            // It takes the connection, and answers nothing.
            daemon.program.send(SIGSTOP)
            let exported = { try FileManager.default.contentsOfDirectory(atPath: host.path("data")) }
            let arguments = ["finetuning", "file", "aaaaaaaaaaaaaaaaaaaaaaaa", "--output", host.path("data/a.jsonl")]
            let export = try host.start(.finetunectl, arguments, environment: ["FINETUNED_SOCKET": daemon.socket])
            try await eventually("the file is begun") { try !exported().isEmpty }
            // One that comes before the program waits for signals is lost.
            try await eventually("the export ends") {
                export.send(signal)
                return !export.isRunning
            }
            #expect(try await export.ending() == .killed(signal: signal))
            #expect(try exported() == [])
            daemon.program.send(SIGCONT)
        }
    }

    @Test("exits 4 when the finetuning that it watches fails or is cancelled, and says why")
    func watchedEndings() async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox(speed: RunningSandbox.slow)
            let client = try await host.startDaemon(DaemonOptions(sandbox)).client()
            let connection = try await client.registerSample(on: host)
            for alias in ["failing", "cancelled"] {
                let order = try await client.order(connection, alias: alias)
                let submitted = try await client.finetuning(order.id, once: "is at the provider") { $0.jobID != nil }
                if alias == "failing" {
                    try await sandbox.fail(try #require(submitted.jobID), message: "The file is unsafe.")
                } else {
                    try await host.finetunectl("finetuning", "cancel", alias)
                }
            }
            let failing = try await host.runClient(["finetuning", "watch", "failing"])
            #expect(failing.exitCode == 4)
            #expect(failing.errorOutput.contains("The file is unsafe."))
            let cancelled = try await host.runClient(["finetuning", "watch", "cancelled"])
            #expect(cancelled.exitCode == 5)
            #expect(cancelled.errorOutput.contains("cancelled"))
        }
    }

    @Test("detaches from a watch on Ctrl-C and says that the finetuning goes on")
    func detaches() async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox(speed: RunningSandbox.slow)
            let daemon = try await host.startDaemon(DaemonOptions(sandbox))
            let client = try await daemon.client()
            let order = try await client.order(try await client.registerSample(on: host), alias: "long")
            let watch = try host.start(.finetunectl, ["finetuning", "watch", "long", "--socket", daemon.socket])
            try await eventually("the watch tells something") { try !watch.output.isEmpty }
            #expect(try await watch.end(with: SIGINT) == .exited(130))
            #expect(try watch.errorOutput.contains("goes on"))
            #expect(try await client.call(Routes.readFinetuning, order.id).cancelRequested == false)
        }
    }

    @Test("prints one JSON document with --json, for every command that reads")
    func jsonParses() async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox()
            let client = try await host.startDaemon(DaemonOptions(sandbox)).client()
            let connection = try await client.registerSample(on: host)
            _ = try await client.finishedFinetuning(try await client.order(connection, alias: "first").id)
            let record = try await client.call(Routes.listRecords, query: ConnectionPaging())[0]
            let table = try await client.call(Routes.listTables, query: ConnectionPaging())[0]
            let commands = [
                "status", "connection list", "connection show sample", "table list sample", "table show \(table.id)",
                "table refresh sample", "record list sample", "record show \(record.id)", "finetuning list",
                "finetuning show first", "finetuning plan sample", "finetuning checkpoints first",
                "finetuning update first --metadata {\"owner\":\"me\"}", "request GET /api/v1/status",
            ]
            for command in commands {
                let arguments = command.split(separator: " ").map(String.init) + ["--json"]
                let result = try await host.runClient(arguments)
                #expect(result.exitCode == 0, "\(command): \(result.errorOutput)")
                #expect(throws: Never.self, "\(command): \(result.output)") { try result.json }
            }
        }
    }

    @Test("and the other programs have a --help and a --version", arguments: Program.allCases)
    func helpAndVersion(_ program: Program) async throws {
        try await withTestHost { host in
            let version = try host.start(program, ["--version"])
            #expect(try await version.ending() == .exited(0))
            #expect(try version.output.contains(/^\d+\.\d+\.\d+/))
            let help = try host.start(program, ["--help"])
            #expect(try await help.ending() == .exited(0))
            #expect(try help.output.contains("USAGE: \(program.rawValue)"))
            #expect(try help.errorOutput.isEmpty)
        }
    }

    @Test("has help for every command, with an abstract and each argument explained")
    func helpOfEveryCommand() async throws {
        try await withTestHost { host in
            let tree = try await host.finetunectl("--experimental-dump-help").json
            let commands = Self.commands(below: try #require(tree["command"]), path: [])
            #expect(commands.count > 25)
            for (path, command) in commands {
                #expect(command["abstract"]?.string?.isEmpty == false, "\(path)")
                for argument in command["arguments"]?.array ?? [] {
                    #expect(argument["abstract"]?.string?.isEmpty == false, "\(path): \(argument.text)")
                }
                let help = try await host.runClient(path + ["--help"])
                #expect(help.exitCode == 0 && help.output.contains("USAGE: finetunectl"), "\(path)")
            }
        }
    }

    private static func commands(below command: JSONValue, path: [String]) -> [(path: [String], command: JSONValue)] {
        (command["subcommands"]?.array ?? []).flatMap { child -> [(path: [String], command: JSONValue)] in
            let name = child["commandName"]?.string ?? ""
            guard name != "help" else { return [] }
            return [(path + [name], child)] + commands(below: child, path: path + [name])
        }
    }
}
