import FinetuneAPI
import Foundation
import Identifiers
import LineTransport
import Testing

@Suite("The main job", .timeLimit(.minutes(10)))
struct MainJobTests {
    @Test("the sample's golden records become a model that answers their questions, by finetunectl alone")
    func sampleBecomesModel() async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox()
            _ = try await host.startDaemon(DaemonOptions(sandbox))
            let pairs = try Sample.pairs

            try await host.finetunectl("connection", "add", "--alias", "sample", "--uri", host.placeSample())
            let tables = try await host.finetunectl("table", "scan", "sample", "--json").json
            #expect(tables.array?.isEmpty == false)
            try await host.finetunectl("record", "import", "sample", Sample.goldenRecordsFile.path())
            let plan = try await host.finetunectl("finetuning", "plan", "sample", "--json").json
            #expect(plan["ready"] == true)
            #expect(plan["examples"] == .number(JSONNumber(pairs.count)))
            #expect(plan["excluded_count"] == 0)

            try await host.finetunectl("finetuning", "create", "sample", "--alias", "first")
            let watch = try await host.finetunectl("finetuning", "watch", "first")
            let model = try #require(watch.output.split(separator: "\n").last.map(String.init))
            let finetuning = try await host.finetunectl("finetuning", "show", "first", "--json").json
            #expect(finetuning["status"] == "succeeded")
            #expect(finetuning["model_id"] == .string(model))
            let counts = try await sandbox.counts
            #expect(counts == .init(files: 1, jobs: 1))

            let events = try await host.finetunectl("finetuning", "events", "first", "--json").jsonLines
            #expect(events.map { $0["sequence"]?.integer } == Array(1...events.count))
            #expect(events.last?["event"] == "succeeded")

            let file = try await host.finetunectl("finetuning", "file", "first").jsonLines
            #expect(file.count == pairs.count)
            for example in [file.first, file.last] {
                let messages = try #require(example?["messages"]?.array)
                let answer = try await sandbox.answer(of: model, to: messages.dropLast())
                #expect(answer == messages.last?["content"]?.string)
                #expect(pairs.contains { $0.sql == answer })
            }
        }
    }

    @Test("a finetuning that is created with --watch is followed to its model")
    func createAndWatch() async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox()
            let daemon = try await host.startDaemon(DaemonOptions(sandbox))
            _ = try await daemon.client().registerSample(on: host)
            let result = try await host.finetunectl("finetuning", "create", "sample", "--watch")
            #expect(result.output.split(separator: "\n").last?.hasPrefix("ft:gpt-4o-mini") == true)
        }
    }

    @Test("two databases are trained at the same time, each on its own golden records")
    func twoAtOnce() async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox()
            let client = try await host.startDaemon(DaemonOptions(sandbox)).client()
            var orders: [Finetuning] = []
            for (alias, records) in [("one", 10), ("two", 15)] {
                let connection = try await client.registerSample(on: host, alias: alias, records: records)
                orders.append(try await client.order(connection, alias: alias))
            }
            for (order, records) in zip(orders, [10, 15]) {
                let finished = try await client.finishedFinetuning(order.id)
                #expect(finished.status == .succeeded)
                #expect(finished.trainingFile?.examples == records)
            }
            #expect(try await sandbox.counts == .init(files: 2, jobs: 2))
        }
    }

    @Test("a finetuning that is cancelled while the provider trains ends cancelled there and here")
    func cancelledWhileRunning() async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox(speed: RunningSandbox.slow)
            let client = try await host.startDaemon(DaemonOptions(sandbox)).client()
            let order = try await client.order(try await client.registerSample(on: host))
            _ = try await client.finetuning(order.id, once: "is at the provider") { $0.jobID != nil }
            _ = try await client.call(Routes.cancelFinetuning, order.id)
            let finished = try await client.finishedFinetuning(order.id)
            #expect(finished.status == .cancelled)
            #expect(try await sandbox.status["jobs_cancelled"] == 1)
        }
    }

    @Test(
        "a finetuning that is cancelled while the answer is on its way leaves no job running",
        arguments: [
            "/v1/files", "/v1/fine_tuning/jobs",
        ])
    func cancelledWhileAsking(_ request: String) async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox(speed: RunningSandbox.slow)
            let client = try await host.startDaemon(DaemonOptions(sandbox)).client()
            let connection = try await client.registerSample(on: host)
            try await sandbox.inject(["type": "delay", "seconds": 1], into: "POST", request)
            let order = try await client.order(connection)
            try await eventually("the provider is asked") { try await sandbox.faultsLeft == 0 }
            _ = try await client.call(Routes.cancelFinetuning, order.id)
            let finished = try await client.finishedFinetuning(order.id)
            #expect(finished.status == .cancelled)
            let status = try await sandbox.status
            #expect(status["jobs_created"] == status["jobs_cancelled"])
        }
    }

    @Test("everyone who follows a finetuning is told the same, however late he comes")
    func manyFollowers() async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox()
            let daemon = try await host.startDaemon(DaemonOptions(sandbox))
            let client = try await daemon.client()
            let order = try await client.order(try await client.registerSample(on: host))
            let path = "/api/v1/finetunings/\(order.id)/events?follow=true"
            let told = try await withThrowingTaskGroup(of: [Int?].self) { group in
                for _ in 1...30 {
                    group.addTask {
                        let follower = try await RawConnection.connect(daemon.socket)
                        try await follower.send(Request(id: .integer(1), method: .get, path: path).line)
                        try await follower.endOutput()
                        return try await follower.remainingReplies().dropLast().map { $0.body["sequence"]?.integer }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let events = try await client.events(of: order.id)
            #expect(told.count == 30)
            #expect(told.allSatisfy { $0 == Array(1...events.count) })
        }
    }
}
