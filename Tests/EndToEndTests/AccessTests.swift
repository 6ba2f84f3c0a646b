import FinetuneAPI
import Foundation
import LineTransport
import Testing

/// Whether tests may connect as another user.
private let runsAsRoot = geteuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv")

@Suite("Who may do what", .serialized, .enabled(if: runsAsRoot), .timeLimit(.minutes(10)))
struct AccessTests {
    // Users and groups that every Debian has.
    private static let access = """
        socket_mode: "0666"
        access:
          default_role: reader
          users: {games: agent}
          groups: {staff: operator, adm: admin}
        """

    private static let nobody: UInt32 = 65_534
    private static let games: UInt32 = 5

    /// Runs `finetunectl` as another user, in these groups.
    private func runClient(
        as user: UInt32, groups: String? = nil, on host: TestHost, _ arguments: [String]
    ) async throws -> CommandResult {
        let membership = groups.map { "--groups=\($0)" } ?? "--clear-groups"
        let identity = ["--reuid=\(user)", "--regid=\(Self.nobody)", membership]
        let program = try host.start(
            URL(filePath: "/usr/bin/setpriv"), identity + [Program.finetunectl.url.path()] + arguments,
            environment: ["FINETUNED_SOCKET": host.path("daemon.sock")])
        return try await CommandResult(of: program, arguments)
    }

    /// A host that other users may look into, with a daemon.
    private func withAccess(_ body: (TestHost) async throws -> Void) async throws {
        try await withTestHost { host in
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: host.path(""))
            var options = DaemonOptions()
            options.configuration = Self.access
            _ = try await host.startDaemon(options)
            try await body(host)
        }
    }

    @Test(
        "the kernel's word on user and groups decides, by the names in the configuration",
        arguments: [
            (nobody, nil, "reader"), (games, nil, "agent"), (nobody, "staff", "operator"),
            (nobody, "staff,adm", "admin"), (0, nil, "admin"),
        ] as [(UInt32, String?, String)])
    func roles(_ user: UInt32, _ groups: String?, _ role: String) async throws {
        try await withAccess { host in
            let result = try await runClient(as: user, groups: groups, on: host, ["status", "--json"])
            #expect(try result.json["role"]?.string == role, "\(result.errorOutput)")
        }
    }

    @Test("a refusal prints a command that helps, and that command works")
    func refusalsAreMended() async throws {
        try await withAccess { host in
            let arguments = ["connection", "add", "--alias", "it's new", "--dialect", "sqlite"]
            let refused = try await runClient(as: Self.nobody, on: host, arguments)
            #expect(refused.exitCode == 1)
            #expect(refused.errorOutput.contains("needs the role operator, and user \(Self.nobody) is reader"))
            #expect(refused.errorOutput.contains("sudo usermod --append --groups staff nobody"))

            let line = try #require(refused.errorOutput.split(separator: "\n").first { $0.contains(": sudo ") })
            let command = try #require(line.components(separatedBy: ": sudo ").last)
            let shell = try host.start(URL(filePath: "/bin/sh"), ["-c", command])
            let ending = try await CommandResult(of: shell, [command])
            #expect(ending.exitCode == 0, "\(command): \(ending.errorOutput)")

            let inGroup = try await runClient(
                as: Self.nobody, groups: "staff", on: host, ["connection", "remove", "it's new"])
            #expect(inGroup.exitCode == 0, "\(inGroup.errorOutput)")
        }
    }
}
