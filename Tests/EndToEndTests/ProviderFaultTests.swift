import FinetuneAPI
import Foundation
import LineTransport
import Testing

@Suite("When the provider fails", .serialized, .timeLimit(.minutes(10)))
struct ProviderFaultTests {
    /// What goes wrong, and with which request.
    struct Trouble: CustomTestStringConvertible {
        let what: String
        let fault: JSONValue
        let method: String
        let path: String

        var testDescription: String { "\(what) on \(method) \(path)" }
    }

    private static let faults: [(what: String, fault: JSONValue)] = [
        ("429 with Retry-After", ["type": "status", "status": 429, "retry_after": 1]),
        ("503", ["type": "status", "status": 503]),
        ("500 with a page of HTML", ["type": "status", "status": 500, "body": "<h1>Oops</h1>"]),
        ("a connection dropped before the work", ["type": "drop_before"]),
        ("a connection dropped after the work", ["type": "drop_after"]),
        ("half of the JSON", ["type": "truncate"]),
    ]

    static let troubles = ["/v1/files", "/v1/fine_tuning/jobs"].flatMap { path in
        faults.map { Trouble(what: $0.what, fault: $0.fault, method: "POST", path: path) }
    }

    @Test("one file and one job are made all the same", arguments: troubles)
    func oneOfEach(_ trouble: Trouble) async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox()
            let client = try await host.startDaemon(DaemonOptions(sandbox)).client()
            let connection = try await client.registerSample(on: host)
            try await sandbox.inject(trouble.fault, into: trouble.method, trouble.path)
            let finished = try await client.finishedFinetuning(try await client.order(connection).id)
            #expect(finished.status == .succeeded, "\(finished.error ?? "")")
            #expect(finished.obstacle == nil)
            #expect(try await sandbox.counts == .init(files: 1, jobs: 1))
            #expect(try await sandbox.faultsLeft == 0)
        }
    }

    @Test("now and then while it trains, the job goes on", arguments: faults.map(\.fault) + oddAnswers)
    func troubleWhileTraining(_ fault: JSONValue) async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox(speed: RunningSandbox.slow)
            let client = try await host.startDaemon(DaemonOptions(sandbox)).client()
            let order = try await client.order(try await client.registerSample(on: host))
            let submitted = try await client.finetuning(order.id, once: "is at the provider") { $0.jobID != nil }
            try await sandbox.inject(fault, into: "GET", "/v1/fine_tuning/jobs/\(submitted.jobID ?? "")", times: 3)
            try await eventually("the provider has failed three times") { try await sandbox.faultsLeft == 0 }
            try await sandbox.setSpeed(RunningSandbox.fast)
            let finished = try await client.finishedFinetuning(order.id)
            #expect(finished.status == .succeeded, "\(finished.error ?? "")")
            #expect(try await sandbox.counts == .init(files: 1, jobs: 1))
        }
    }

    // What a gateway, an expired network login or a mistaken administrator may put in the way for a while.
    private static let oddAnswers: [JSONValue] = [
        ["type": "redirect", "location": "http://127.0.0.1:9/login"],
        ["type": "status", "status": 403, "body": "<h1>Forbidden</h1>", "content_type": "text/html"],
        ["type": "status", "status": 404],
        ["type": "status", "status": 400],
        ["type": "status", "status": 200, "body": "<h1>Log in</h1>", "content_type": "text/html"],
        ["type": "status", "status": 200, "body": "{}", "content_type": "application/json"],
    ]

    /// An upload that the provider finds unusable, and when it does.
    static let unusableFiles: [(fault: JSONValue, code: String, jobs: Int)] = [
        (["type": "file_error", "reason": "line 3"], "file_unusable", 0),
        (["type": "file_error", "reason": "line 3", "seconds": 0.1, "meanwhile": "pending"], "file_unusable", 0),
        (["type": "file_error", "reason": "line 3", "seconds": 60], "invalid_training_file", 1),
    ]

    @Test("to use a file, the finetuning fails and says so, and can be ordered again", arguments: unusableFiles)
    func unusableFile(fault: JSONValue, code: String, jobs: Int) async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox(speed: RunningSandbox.slow)
            let client = try await host.startDaemon(DaemonOptions(sandbox)).client()
            let connection = try await client.registerSample(on: host)
            try await sandbox.inject(fault, into: "POST", "/v1/files")
            let order = try await client.order(connection)
            _ = try await client.finetuning(order.id, once: "is over or at the provider") {
                $0.status.isTerminal || $0.jobID != nil
            }
            try await sandbox.setSpeed(RunningSandbox.fast)
            let failed = try await client.finishedFinetuning(order.id)
            #expect(failed.error?.hasPrefix("\(code): ") == true)
            #expect(failed.error?.hasSuffix("line 3") == true)
            #expect(try await sandbox.counts == .init(files: 1, jobs: jobs))
            _ = try await client.call(Routes.deleteFinetuning, order.id, query: FinetuningDeletion())
            let again = try await client.finishedFinetuning(try await client.order(connection).id)
            #expect(again.status == .succeeded, "\(again.error ?? "")")
            #expect(try await sandbox.counts == .init(files: 2, jobs: jobs + 1))
        }
    }

    @Test("to answer in time, the call is given up and nothing is made twice")
    func answersTooLate() async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox()
            var options = DaemonOptions(sandbox)
            options.timeout = 0.5
            options.providerConfiguration = "upload_timeout: 0.5"
            let client = try await host.startDaemon(options).client()
            let connection = try await client.registerSample(on: host)
            for path in ["/v1/files", "/v1/fine_tuning/jobs"] {
                try await sandbox.inject(["type": "delay", "seconds": 600], into: "POST", path)
            }
            let finished = try await client.finishedFinetuning(try await client.order(connection).id)
            #expect(finished.status == .succeeded, "\(finished.error ?? "")")
            #expect(try await sandbox.counts == .init(files: 1, jobs: 1))
            #expect(try await sandbox.faultsLeft == 0)
        }
    }

    @Test("to know a job any more, the finetuning says so until it is cancelled, and nothing is ordered again")
    func jobVanishes() async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox(speed: RunningSandbox.slow)
            let client = try await host.startDaemon(DaemonOptions(sandbox)).client()
            let order = try await client.order(try await client.registerSample(on: host))
            let submitted = try await client.finetuning(order.id, once: "is at the provider") { $0.jobID != nil }
            try await sandbox.forget(try #require(submitted.jobID))
            let waiting = try await client.finetuning(order.id, once: "says what is in its way") { $0.obstacle != nil }
            #expect(waiting.obstacle?.contains("no longer has the job") == true)
            _ = try await client.call(Routes.cancelFinetuning, order.id)
            #expect(try await client.finishedFinetuning(order.id).status == .cancelled)
            #expect(try await sandbox.counts == .init(files: 1, jobs: 1))
        }
    }

    @Test("by redirecting, the key goes nowhere else and no second job is made")
    func redirect() async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox()
            let elsewhere = try await host.startSandbox()
            let client = try await host.startDaemon(DaemonOptions(sandbox)).client()
            let connection = try await client.registerSample(on: host)
            let location = JSONValue.string("\(elsewhere.baseURL)/fine_tuning/jobs")
            try await sandbox.inject(
                ["type": "redirect", "location": location], into: "POST", "/v1/fine_tuning/jobs")
            let finished = try await client.finishedFinetuning(try await client.order(connection).id)
            #expect(try await elsewhere.status["requests"] == 0)
            #expect(try await sandbox.counts.jobs == (finished.status == .succeeded ? 1 : 0))
        }
    }

    @Test("by refusing the key, the job waits until the key is right, and the status says so")
    func refusedKey() async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox()
            let daemon = try await host.startDaemon(DaemonOptions(sandbox))
            let client = try await daemon.client()
            let connection = try await client.registerSample(on: host)
            try await sandbox.setKey("sk-another-key")
            let order = try await client.order(connection)
            let waiting = try await client.finetuning(order.id, once: "waits for a key") { $0.obstacle != nil }
            #expect(waiting.status == .queued)
            let health = try await daemon.status.providers.first
            #expect(health?.state == .keyRefused)
            #expect(health?.message?.isEmpty == false)

            try await sandbox.setKey(RunningSandbox.key)
            let finished = try await client.finishedFinetuning(order.id)
            #expect(finished.status == .succeeded)
            #expect(try await daemon.status.providers.first?.state == .healthy)
            #expect(try await sandbox.counts == .init(files: 1, jobs: 1))
        }
    }

    @Test("by refusing to train for this account, the finetuning fails at once and says why")
    func trainingNotAvailable() async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox()
            let client = try await host.startDaemon(DaemonOptions(sandbox)).client()
            let connection = try await client.registerSample(on: host)
            let refusal: JSONValue = [
                "type": "status", "status": 403, "code": "training_not_available",
                "message": "Fine-tuning is not available to this organization.",
            ]
            try await sandbox.inject(refusal, into: "POST", "/v1/fine_tuning/jobs")
            let finished = try await client.finishedFinetuning(try await client.order(connection).id)
            #expect(finished.status == .failed)
            #expect(finished.error?.contains("not available to this organization") == true)
            #expect(try await sandbox.counts == .init(files: 1, jobs: 0))
        }
    }

    @Test("at the job itself, the finetuning fails with its words")
    func jobFails() async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox(speed: RunningSandbox.slow)
            let client = try await host.startDaemon(DaemonOptions(sandbox)).client()
            let order = try await client.order(try await client.registerSample(on: host))
            let submitted = try await client.finetuning(order.id, once: "is at the provider") { $0.jobID != nil }
            try await sandbox.fail(try #require(submitted.jobID), message: "The training file is unsafe.")
            let finished = try await client.finishedFinetuning(order.id)
            #expect(finished.status == .failed)
            #expect(finished.error?.contains("The training file is unsafe.") == true)
            #expect(try await sandbox.counts == .init(files: 1, jobs: 1))
        }
    }

    @Test("by calling the job something unknown, the status stays and the job goes on")
    func unknownStatus() async throws {
        try await withTestHost { host in
            let sandbox = try await host.startSandbox(speed: RunningSandbox.slow)
            let client = try await host.startDaemon(DaemonOptions(sandbox)).client()
            let order = try await client.order(try await client.registerSample(on: host))
            let submitted = try await client.finetuning(order.id, once: "is at the provider") { $0.jobID != nil }
            let job = try #require(submitted.jobID)
            try await sandbox.show(job, as: "paused_by_admin")
            try await eventually("an event names the word") {
                try await client.events(of: order.id).contains { $0.message.contains("paused_by_admin") }
            }
            #expect(try await client.call(Routes.readFinetuning, order.id).status.isTerminal == false)
            try await sandbox.show(job, as: nil)
            try await sandbox.setSpeed(RunningSandbox.fast)
            #expect(try await client.finishedFinetuning(order.id).status == .succeeded)
        }
    }

    @Test("to be there at all, the job waits and the daemon answers")
    func unreachable() async throws {
        try await withTestHost { host in
            let daemon = try await host.startDaemon(DaemonOptions())
            let client = try await daemon.client()
            let order = try await client.order(try await client.registerSample(on: host))
            _ = try await client.finetuning(order.id, once: "says what is in its way") { $0.obstacle != nil }
            #expect(try await daemon.status.providers.first?.state != .healthy)
            _ = try await client.call(Routes.cancelFinetuning, order.id)
            #expect(try await client.finishedFinetuning(order.id).status == .cancelled)
        }
    }
}
