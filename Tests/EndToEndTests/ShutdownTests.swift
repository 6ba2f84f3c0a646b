import FinetuneAPI
import Foundation
import Identifiers
import LineTransport
import Testing

@Suite("A daemon that is told to end", .serialized, .timeLimit(.minutes(10)))
struct ShutdownTests {
    @Test("tells a follower of events where to go on, which then misses nothing and gets nothing twice")
    func followersResume() async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox(speed: RunningSandbox.slow)
            let daemon = try await host.startDaemon(DaemonOptions(sandbox))
            let client = try await daemon.client()
            let order = try await client.order(try await client.registerSample(on: host))
            _ = try await client.finetuning(order.id, once: "is at the provider") { $0.jobID != nil }

            let follower = try await RawConnection.connect(daemon.socket)
            let events = "/api/v1/finetunings/\(order.id)/events?follow=true"
            try await follower.send(Request(id: .integer(1), method: .get, path: events).line)
            let first = try #require(try await follower.reply())
            daemon.program.send(SIGTERM)
            let replies = [first] + (try await follower.remainingReplies())
            #expect(try await daemon.program.ending() == .exited(0))

            let last = try #require(replies.last)
            #expect(last.status == 503)
            #expect(last.body["error_code"] == "shutting_down")
            let told = replies.dropLast().map { $0.body["sequence"]?.integer }
            #expect(told == Array(1...told.count))
            #expect(last.body["detail"]?["resume_after"]?.integer == told.count)

            try await sandbox.setSpeed(RunningSandbox.fast)
            let again = try await RawConnection.connect(try await host.startDaemon(DaemonOptions(sandbox)).socket)
            try await again.send(Request(id: .integer(2), method: .get, path: events + "&after=\(told.count)").line)
            try await again.endOutput()
            let rest = try await again.remainingReplies()
            #expect(rest.last?.status == 200)
            #expect(rest.last?.body["status"] == "succeeded")
            let numbers = told + rest.dropLast().map { $0.body["sequence"]?.integer }
            #expect(numbers == Array(1...numbers.count))
        }
    }

    @Test("answers every request that it was sent before, and ends within ten seconds")
    func answersWhatItWasSent() async throws {
        try await withTestHost { host in
            let daemon = try await host.startDaemon(DaemonOptions())
            _ = try await daemon.client().registerSample(on: host, records: 10)
            let busy = try await RawConnection.connect(daemon.socket)
            // Far more than may be under way at a time: most of them are not read yet when the daemon is told.
            let ids = (1...400).map { RequestID.integer($0) }
            let requests = ids.map { Request(id: $0, method: .get, path: "/api/v1/golden-records") }
            try await busy.send(requests.flatMap(\.line))
            var replies = try await busy.replies(1)
            daemon.program.send(SIGTERM)
            replies += try await busy.remainingReplies()
            try await eventually("the daemon ends", within: .seconds(10)) { !daemon.program.isRunning }
            #expect(try await daemon.program.ending() == .exited(0))
            #expect(replies.count == ids.count)
            #expect(Set(replies.map(\.id)) == Set(ids))
            #expect(replies.allSatisfy { $0.status == 200 || $0.body["error_code"] == "shutting_down" })
        }
    }

    @Test("does so within ten seconds though the provider does not answer and a client does not read")
    func waitsForNobody() async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox()
            let daemon = try await host.startDaemon(DaemonOptions(sandbox))
            let client = try await daemon.client()
            let connection = try await client.registerSample(on: host, records: 100)
            try await sandbox.inject(["type": "delay", "seconds": 600], into: "POST", "/v1/files")
            let order = try await client.order(connection)
            try await eventually("the upload is at the provider") { try await sandbox.counts.files == 1 }
            let deaf = try await RawConnection.connect(daemon.socket)
            try await deaf.stopReading()
            let request = Request(id: .integer(1), method: .get, path: "/api/v1/golden-records?limit=100")
            try await deaf.send(Array(repeating: request.line, count: 60).flatMap(\.self))

            daemon.program.send(SIGTERM)
            try await eventually("the daemon ends", within: .seconds(10)) { !daemon.program.isRunning }
            #expect(try await daemon.program.ending() == .exited(0))

            let restarted = try await host.startDaemon(DaemonOptions(sandbox)).client()
            #expect(try await restarted.finishedFinetuning(order.id).status == .succeeded)
            #expect(try await sandbox.counts == .init(files: 1, jobs: 1))
        }
    }

    @Test("leaves neither socket nor half a job behind, and starts again in the same place")
    func startsAgain() async throws {
        try await withTestHost { host in
            let daemon = try await host.startDaemon(DaemonOptions())
            #expect(try await daemon.program.end(with: SIGTERM) == .exited(0))
            #expect(!FileManager.default.fileExists(atPath: daemon.socket))
            let again = try await host.startDaemon(DaemonOptions())
            #expect(try await again.program.end(with: SIGINT) == .exited(0))
        }
    }

    @Test("or dies, is waited for by finetunectl watch", arguments: [SIGTERM, SIGKILL])
    func watchSurvives(_ signal: Int32) async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox(speed: RunningSandbox.slow)
            let daemon = try await host.startDaemon(DaemonOptions(sandbox))
            let client = try await daemon.client()
            let order = try await client.order(try await client.registerSample(on: host))
            let arguments = ["finetuning", "watch", order.id.description, "--json", "--socket", daemon.socket]
            let watch = try host.start(.finetunectl, arguments)
            try await eventually("the watch tells of the provider's job") {
                try watch.output.contains(#""job_created""#)
            }
            try await daemon.program.end(with: signal)
            try await eventually("the watch has noticed") { try watch.errorOutput.contains("lost") }

            try await sandbox.setSpeed(RunningSandbox.fast)
            _ = try await host.startDaemon(DaemonOptions(sandbox))
            let result = try await CommandResult(of: watch, arguments)
            #expect(result.exitCode == 0, "\(result.errorOutput)")
            let numbers = try result.jsonLines.map { $0["sequence"]?.integer }
            #expect(numbers == Array(1...numbers.count))
        }
    }
}
