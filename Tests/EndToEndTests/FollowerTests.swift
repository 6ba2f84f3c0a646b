import FinetuneAPI
import Foundation
import Identifiers
import LineTransport
import Testing

@Suite("Who follows events while the daemon is killed and started again", .serialized, .timeLimit(.minutes(10)))
struct FollowerTests {
    // A job takes some seconds, and its steps come one by one.
    private static let speed = 3.0
    // However long a daemon takes to start, the job must not end meanwhile: nothing more would be told.
    private static let standstill = 0.001
    private static let kills = 5

    /// The programs that follow a finetuning, and what each has told.
    private struct Followers {
        let watch: RunningProgram
        let history: RunningProgram
        let feed: Task<[Int], any Error>

        var watched: [JSONValue] { get throws { try Self.events(of: watch) } }
        var listed: [JSONValue] { get throws { try Self.events(of: history) } }

        // The last line may be half written.
        private static func events(of program: RunningProgram) throws -> [JSONValue] {
            try program.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                .map { try JSONParser.parse($0.utf8) }
        }
    }

    private func follow(_ id: ObjectID, on host: TestHost) throws -> Followers {
        let socket = host.path("daemon.sock")
        let environment = ["FINETUNED_SOCKET": socket]
        return Followers(
            watch: try host.start(
                .finetunectl, ["finetuning", "watch", "\(id)", "--json"], environment: environment),
            history: try host.start(.finetunectl, ["events", "--follow", "--json"], environment: environment),
            feed: Task {
                var sequences: [Int] = []
                for try await case .event(let event, _) in EventFeed(of: id, at: .chosen(socket)) {
                    sequences.append(event.sequence)
                }
                return sequences
            })
    }

    @Test("finetunectl watch, finetunectl events and the Swift client miss nothing, and repeat nothing")
    func kills() async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox(speed: Self.speed)
            var daemon = try await host.startDaemon(DaemonOptions(sandbox))
            let client = try await daemon.client()
            let order = try await client.order(try await client.registerSample(on: host))
            let followers = try follow(order.id, on: host)
            for _ in 0..<Self.kills {
                let told = try followers.watched.count
                // Who never reached a daemon does not wait for one.
                try await eventually("more was told") {
                    try followers.watched.count > told && !followers.listed.isEmpty
                }
                try await sandbox.setSpeed(Self.standstill)
                try await daemon.program.end(with: SIGKILL)
                daemon = try await host.startDaemon(DaemonOptions(sandbox))
                try await sandbox.setSpeed(Self.speed)
            }
            try await sandbox.setSpeed(10 * Self.speed)
            #expect(try await followers.watch.ending() == .exited(0))
            let stored = try await daemon.client().events(of: order.id)
            #expect(stored.count > 20)
            let sequences = Array(1...stored.count)
            #expect(try followers.watched.map { $0["sequence"]?.integer } == sequences)
            #expect(try await followers.feed.value == sequences)

            try await eventually("the end was listed") { try followers.listed.last?["event"] == "succeeded" }
            followers.history.send(SIGINT)
            #expect(try await followers.history.ending() == .exited(130))
            let listed = try followers.listed
            #expect(listed.map { $0["sequence"]?.integer } == sequences)
            let position = try #require(listed.last?["position"]?.integer)
            #expect(try followers.history.errorOutput.contains("finetunectl events --follow --after \(position)"))
            let rest = try await host.finetunectl("events", "--after", "\(position - 1)", "--json").jsonLines
            #expect(rest == listed.suffix(1))
        }
    }
}
