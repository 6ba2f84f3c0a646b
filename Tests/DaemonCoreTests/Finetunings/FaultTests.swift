import Identifiers
import Jobs
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

/// One thing that goes wrong at the provider, once or more.
struct ProviderFault: Sendable, CustomTestStringConvertible {
    let operation: ScriptedProvider.Operation
    let turns: [ScriptedProvider.Turn]
    let testDescription: String

    init(_ operation: ScriptedProvider.Operation, _ description: String, _ turns: ScriptedProvider.Turn...) {
        self.operation = operation
        self.turns = turns
        testDescription = "\(operation): \(description)"
    }
}

@Suite("faults of the provider", .timeLimit(.minutes(5)))
struct FaultTests {
    @Test(
        "whatever goes wrong for a while, one order makes one job that succeeds",
        arguments: ScriptedProvider.Operation.ofJobs.flatMap { operation in
            [
                ProviderFault(operation, "down", .fail(.down), .fail(.down)),
                ProviderFault(operation, "asked too often", .fail(.tooOften)),
                ProviderFault(operation, "answer lost", .loseAnswer(.lost)),
                ProviderFault(operation, "answer lost, then down", .loseAnswer(.lost), .fail(.down)),
                ProviderFault(operation, "key refused", .fail(.badKey)),
                ProviderFault(operation, "down, then lost twice", .fail(.down), .loseAnswer(.lost), .loseAnswer(.lost)),
            ]
        })
    func aPassingFaultMakesOneJob(_ fault: ProviderFault) async throws {
        var setup = Setup()
        setup.keyRecheck = .milliseconds(1)
        try await withDaemon(ScriptedProvider(), setup) { daemon in
            let library = try await daemon.prepareLibrary()
            // Searches happen only after an answer was lost, and checks of files only while those are pending.
            await daemon.provider.setReadiness(.pending)
            switch fault.operation {
            case .files: await daemon.provider.script(.upload, .loseAnswer(.lost))
            case .jobs: await daemon.provider.script(.createJob, .loseAnswer(.lost))
            case .upload, .file, .deleteFile, .createJob, .job, .cancelJob, .events, .checkpoints, .complete: break
            }
            await daemon.provider.script(fault.operation, fault.turns)
            let ordered = try await daemon.order(library.connection.id)
            let ended = try await daemon.end(of: ordered.id)

            #expect(ended.status == .succeeded, "\(ended)")
            #expect(ended.obstacle == nil)
            #expect(await daemon.provider.jobs.count == 1)
            #expect(await daemon.provider.files.count == 1)
            let sequences = try await daemon.events(of: ordered.id).map(\.sequence)
            #expect(sequences == Array(1...sequences.count))
        }
    }

    @Test(
        "what the provider refuses for good fails the job with its reason, and is not tried again",
        arguments: [ScriptedProvider.Operation.upload, .createJob])
    func aRefusalIsFinal(_ operation: ScriptedProvider.Operation) async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            await daemon.provider.script(operation, .fail(.notAllowed))
            let ordered = try await daemon.order(library.connection.id)
            let ended = try await daemon.end(of: ordered.id)
            #expect(ended.status == .failed)
            #expect(ended.error == "training_not_available: training is not available")
            #expect(await daemon.provider.calls[operation] == 1)
            #expect(await daemon.provider.jobs.isEmpty)
        }
    }

    @Test("a job that fails at the provider fails with the provider's reason")
    func aFailedJobFails() async throws {
        try await withDaemon { daemon in
            await daemon.provider.setPhases(
                .validatingFiles, .failed(ProviderComplaint("line 3 is no example", code: "invalid_training_file")))
            let library = try await daemon.prepareLibrary()
            let ordered = try await daemon.order(library.connection.id)
            let ended = try await daemon.end(of: ordered.id)
            #expect(ended.status == .failed)
            #expect(ended.error == "invalid_training_file: line 3 is no example")
            #expect(ended.jobID == "ftjob-1" && ended.modelID == nil)
        }
    }

    @Test("a status that nobody knows changes nothing and is told once")
    func anUnknownStatusIsTold() async throws {
        try await withDaemon { daemon in
            await daemon.provider.setPhases(.running, .running, .unknown(word: "paused"))
            let library = try await daemon.prepareLibrary()
            let ordered = try await daemon.order(library.connection.id)
            let event = try await daemon.wait(for: "status_unknown", of: ordered.id)
            #expect(event.detail["provider_status"] == "paused")
            #expect(try await daemon.read(ordered.id).status == .running)
            await daemon.provider.advanceJobs(
                to: .unknown(word: "paused"), .unknown(word: "paused"), .running,
                .succeeded(model: "m"))
            #expect(try await daemon.end(of: ordered.id).modelID == "m")
            let names = try await daemon.events(of: ordered.id).map(\.event)
            #expect(names.count { $0 == "status_unknown" } == 1)
        }
    }

    @Test("a job that the provider loses fails once that is certain")
    func aLostJobFails() async throws {
        try await withDaemon { daemon in
            await daemon.provider.setPhases(.running)
            let library = try await daemon.prepareLibrary()
            let ordered = try await daemon.order(library.connection.id)
            try await daemon.wait(for: "status_changed", of: ordered.id)
            await daemon.provider.forgetEverything()
            let ended = try await daemon.end(of: ordered.id)
            #expect(ended.status == .failed)
            #expect(ended.error?.hasPrefix("provider_object_missing: ") == true)
        }
    }

    @Test("a job that the provider does not show waits visibly, and ends when its user cancels it")
    func aHiddenJobCanBeCancelled() async throws {
        var setup = Setup()
        setup.missingTime = .seconds(10_000)
        try await withDaemon(ScriptedProvider(phases: [.running]), setup) { daemon in
            let library = try await daemon.prepareLibrary()
            let ordered = try await daemon.order(library.connection.id)
            try await daemon.wait(for: "status_changed", of: ordered.id)
            await daemon.provider.forgetEverything()
            try await daemon.wait(for: "waiting", of: ordered.id)
            let hidden = try await daemon.read(ordered.id)
            #expect(hidden.obstacle?.contains("no longer has the job") == true && !hidden.status.isTerminal)
            _ = try await daemon.cancel(ordered.id)
            #expect(try await daemon.end(of: ordered.id).status == .cancelled)
        }
    }

    @Test(
        "lists that a service does not have, or fails to give, hide no job's status",
        arguments: [ScriptedProvider.Operation.events, .checkpoints], [ProviderError.missing, .lost])
    func missingListsHideNothing(_ operation: ScriptedProvider.Operation, _ error: ProviderError) async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            await daemon.provider.script(operation, Array(repeating: .fail(error), count: 1_000))
            let ordered = try await daemon.order(library.connection.id)
            let ended = try await daemon.end(of: ordered.id)
            #expect(ended.status == .succeeded && ended.modelID == ScriptedProvider.tunedModel)
            let told = try await daemon.events(of: ordered.id).map(\.event)
            #expect(told.filter { $0 == "waiting" }.isEmpty)
            #expect(told.contains("metrics") == (operation == .checkpoints))
        }
    }

    @Test("a job is asked for again only after two looks that did not find it")
    func twoLooksBeforeAnotherJob() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            await daemon.provider.script(.createJob, .fail(.lost))
            let ordered = try await daemon.order(library.connection.id)
            #expect(try await daemon.end(of: ordered.id).status == .succeeded)
            #expect(await daemon.provider.calls[.jobs] == 2)
            #expect(await daemon.provider.calls[.createJob] == 2)
            let names = try await daemon.events(of: ordered.id).map(\.event)
            #expect(names.count { $0 == "job_created" } == 1)
        }
    }

    @Test(
        "an order is held to what was accepted when its files are made",
        arguments: [
            ("SELECT title FROM books WHERE year > 1900 AND title IS NOT NULL AND year IS NOT NULL", false, false),
            ("SELECT title FROM books WHERE year > 1900 AND title IS NOT NULL AND year IS NOT NULL", true, false),
            ("SELECT 1 FROM books", false, true), ("SELECT 1 FROM books", true, false),
        ])
    func anOrderIsHeldToItsPlan(_ sql: String, hasPlan: Bool, isTrained: Bool) async throws {
        let workplace = try Workplace()
        var idle = Setup()
        idle.worksOnJobs = false
        var made: ObjectID?
        try await withDaemon(at: workplace, ScriptedProvider(), idle) { daemon in
            let library = try await daemon.prepareLibrary()
            var order = NewFinetuning(databaseConnection: library.connection.id)
            if hasPlan {
                order.planSHA256 = try await daemon.client.call(Routes.planFinetuning, body: order).planSHA256
            }
            made = try await daemon.client.call(Routes.createFinetuning, body: order).id
            _ = try await daemon.client.call(
                Routes.changeRecord, library.records[0].id, body: GoldenRecordChanges(sql: sql))
        }
        let id = try #require(made)
        try await withDaemon(at: workplace) { daemon in
            let ended = try await daemon.end(of: id)
            #expect(ended.status == (isTrained ? .succeeded : .failed))
            guard !isTrained else { return }
            #expect(ended.error?.hasPrefix("plan_changed: ") == true)
            #expect(await daemon.provider.calls.isEmpty)
        }
    }

    @Test("a training file that cannot be written is an obstacle that the user sees, and passes")
    func anUnwritableFileIsAnObstacle() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let folder = daemon.workplace.stateDirectory + "/training-files"
            try daemon.workplace.write("in the way", to: folder)
            let ordered = try await daemon.order(library.connection.id)
            let event = try await daemon.wait(for: "waiting", of: ordered.id)
            #expect(event.message.contains(folder))
            #expect(try await daemon.read(ordered.id).obstacle?.contains(folder) == true)
            try FileRemoval.remove(folder)
            #expect(try await daemon.end(of: ordered.id).status == .succeeded)
        }
    }

    @Test("records that turn invalid before the file is built stay out, and too few fail the job")
    func recordsThatTurnInvalidStayOut() async throws {
        let workplace = try Workplace()
        var idle = Setup()
        idle.worksOnJobs = false
        var order: ObjectID?
        try await withDaemon(at: workplace, ScriptedProvider(), idle) { daemon in
            let library = try await daemon.prepareLibrary(records: 10)
            order = try await daemon.order(library.connection.id).id
            _ = try await daemon.client.call(
                Routes.changeRecord, library.records[0].id, body: GoldenRecordChanges(sql: "SELECT no_such FROM books"))
        }
        let id = try #require(order)
        try await withDaemon(at: workplace) { daemon in
            let ended = try await daemon.end(of: id)
            #expect(ended.status == .failed)
            #expect(ended.error?.hasPrefix("not_enough_golden_records: only 9 ") == true)
            #expect(await daemon.provider.calls.isEmpty)
        }
    }
}

extension ScriptedProvider {
    func script(_ operation: Operation, _ turns: [Turn]) {
        for turn in turns { script(operation, turn) }
    }
}
