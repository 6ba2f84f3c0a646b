import FinetuneAPI
import Foundation
import Identifiers
import LineTransport
import Testing

@Suite("A daemon killed with SIGKILL", .serialized, .timeLimit(.minutes(10)))
struct KilledDaemonTests {
    /// A moment of a job at which the daemon is killed.
    struct Moment: CustomTestStringConvertible {
        let testDescription: String
        /// What holds the provider's answer back, and to which request.
        var fault: JSONValue?
        var request = ""
        /// What the provider has made when the daemon is killed.
        let made: RunningSandbox.Counts
    }

    static let moments = [
        Moment(
            testDescription: "the upload has arrived, its answer has not",
            fault: ["type": "delay", "seconds": 600], request: "/v1/files", made: .init(files: 1, jobs: 0)),
        Moment(
            testDescription: "the answer to the upload comes byte by byte",
            fault: ["type": "slow_body", "bytes_per_second": 1], request: "/v1/files", made: .init(files: 1, jobs: 0)),
        Moment(
            testDescription: "the job is made, its answer is not there",
            fault: ["type": "delay", "seconds": 600], request: "/v1/fine_tuning/jobs",
            made: .init(files: 1, jobs: 1)),
        Moment(
            testDescription: "the job is made, its answer was lost",
            fault: ["type": "drop_after"], request: "/v1/fine_tuning/jobs", made: .init(files: 1, jobs: 1)),
        Moment(testDescription: "the provider trains", made: .init(files: 1, jobs: 1)),
    ]

    @Test("finishes the job after a restart, with one file and one job", arguments: moments)
    func finishesAfterRestart(_ moment: Moment) async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox(speed: RunningSandbox.slow)
            let daemon = try await host.startDaemon(DaemonOptions(sandbox))
            let client = try await daemon.client()
            let connection = try await client.registerSample(on: host)
            if let fault = moment.fault { try await sandbox.inject(fault, into: "POST", moment.request) }
            let order = try await client.order(connection)
            try await eventually("the provider has made \(moment.made)") { try await sandbox.counts == moment.made }
            try await daemon.program.end(with: SIGKILL)

            try await sandbox.setSpeed(RunningSandbox.fast)
            let restarted = try await host.startDaemon(DaemonOptions(sandbox)).client()
            let finished = try await restarted.finishedFinetuning(order.id)
            #expect(finished.status == .succeeded)
            #expect(finished.modelID != nil)
            #expect(try await sandbox.counts == .init(files: 1, jobs: 1))
            let events = try await restarted.events(of: order.id)
            #expect(events.map(\.sequence) == Array(1...events.count))
        }
    }

    @Test("as soon as it has told an event, again and again, makes one file and one job all the same")
    func killedAfterEveryEvent() async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox()
            var daemon = try await host.startDaemon(DaemonOptions(sandbox))
            let client = try await daemon.client()
            let order = try await client.order(try await client.registerSample(on: host))
            var told: [Int] = []
            while let next = try await firstEvent(of: order.id, after: told.last ?? 0, from: daemon) {
                told.append(next.sequence)
                // Metrics come by the dozen and make nothing.
                guard next.event != "metrics" else { continue }
                try await daemon.program.end(with: SIGKILL)
                daemon = try await host.startDaemon(DaemonOptions(sandbox))
            }
            #expect(told == Array(1...told.count))
            let finished = try await daemon.client().finishedFinetuning(order.id)
            #expect(finished.status == .succeeded)
            #expect(try await sandbox.counts == .init(files: 1, jobs: 1))
        }
    }

    /// The next event, or nothing after the last.
    private func firstEvent(
        of id: ObjectID, after sequence: Int, from daemon: RunningDaemon
    ) async throws -> FinetuningEvent? {
        let client = try await daemon.client()
        let query = EventsQuery(after: sequence, follow: true)
        for try await element in try client.stream(Routes.finetuningEvents, id, query: query) {
            if case .response(let event) = element { return event }
        }
        return nil
    }

    @Test("keeps every golden record that it has answered for")
    func keepsWhatItAnswered() async throws {
        try await withTestHost { host in
            let daemon = try await host.startDaemon(DaemonOptions())
            let connection = try await daemon.client().registerSample(on: host, records: 0)
            let body = JSONValue.array([
                ["db_connection_id": .string(connection.description), "prompt_text": "Which?", "sql": "SELECT 1"]
            ])
            let writer = try await RawConnection.connect(daemon.socket)
            for id in 1...200 {
                try await writer.send(
                    Request(id: .integer(id), method: .post, path: "/api/v1/golden-records", body: body).line)
            }
            var answered = try await writer.replies(20)
            daemon.program.send(SIGKILL)
            answered += try await writer.remainingReplies()

            let restarted = try await host.startDaemon(DaemonOptions()).client()
            let query = ConnectionPaging(databaseConnection: connection, limit: 1000)
            let kept = try await restarted.call(Routes.listRecords, query: query).map(\.id.description)
            let promised = answered.compactMap { $0.body.array?.first?["id"]?.string }
            #expect(promised.count == answered.count)
            #expect(Set(promised).isSubset(of: kept))
        }
    }
}
