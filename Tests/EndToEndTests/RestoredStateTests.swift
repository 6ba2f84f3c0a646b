import FinetuneAPI
import Foundation
import Identifiers
import LineTransport
import Testing

@Suite("A state that was put back from a backup", .serialized, .timeLimit(.minutes(5)))
struct RestoredStateTests {
    /// Where a job is held while the backup is made.
    struct Step: CustomTestStringConvertible {
        let testDescription: String
        /// What keeps the job from going on, and at which request.
        var fault: JSONValue?
        var request = ""
    }

    static let steps = [
        Step(testDescription: "built", fault: ["type": "status", "status": 401], request: "/v1/files"),
        Step(testDescription: "ready", fault: ["type": "status", "status": 503], request: "/v1/fine_tuning/jobs"),
        Step(testDescription: "submitted"),
    ]

    @Test("takes the job that was made after the backup, and makes no other", arguments: steps)
    func jobMadeSince(_ step: Step) async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox(speed: RunningSandbox.slow)
            let daemon = try await host.startDaemon(DaemonOptions(sandbox))
            let client = try await daemon.client()
            if let fault = step.fault { try await sandbox.inject(fault, into: "POST", step.request, times: 1_000) }
            let order = try await client.order(try await client.registerSample(on: host))
            _ = try await client.finetuning(order.id, once: "is \(step)") { $0.step.rawValue == step.testDescription }
            let backup = try await host.finetunectl("admin", "backup")

            try await sandbox.forgetFaults()
            try await sandbox.setSpeed(RunningSandbox.fast)
            let before = try await client.finishedFinetuning(order.id)
            try await daemon.program.end(with: SIGTERM)
            try await host.finetunectl(
                "admin", "restore", backup.output.trimmingCharacters(in: .newlines), "--state-directory",
                host.path("state"))

            let restarted = try await host.startDaemon(DaemonOptions(sandbox)).client()
            let after = try await restarted.finishedFinetuning(order.id)
            #expect(after.status == .succeeded)
            #expect(after.modelID == before.modelID)
            #expect(after.jobID == before.jobID)
            let counts = try await sandbox.counts
            #expect(counts.jobs == 1)
            let ledger = try await host.finetunectl("provider-object", "list", "--kind", "file", "--json")
            #expect(try ledger.json.array?.count == counts.files)
            #expect(try await restarted.events(of: order.id).contains { $0.event == "metrics" })
        }
    }

    @Test("is not put back from a backup that is damaged, and stays as it was")
    func damagedBackup() async throws {
        try await withTestHost { host in
            let daemon = try await host.startDaemon(DaemonOptions())
            _ = try await daemon.client().registerSample(on: host)
            let backup = try await host.finetunectl("admin", "backup").output.trimmingCharacters(in: .newlines)
            try await daemon.program.end(with: SIGTERM)
            let whole = try Data(contentsOf: URL(fileURLWithPath: backup))
            try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: backup))
            let state = URL(fileURLWithPath: host.path("state") + "/state.sqlite")
            let before = try Data(contentsOf: state)

            let restore = try await host.runClient(
                ["admin", "restore", backup, "--state-directory", host.path("state")])
            #expect(restore.exitCode == 2)
            #expect(restore.errorOutput.contains("was not restored, and nothing was changed"))
            #expect(try Data(contentsOf: state) == before)
        }
    }
}
