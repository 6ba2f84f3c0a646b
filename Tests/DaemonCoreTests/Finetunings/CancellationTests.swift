import Identifiers
import Jobs
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("cancelling a finetuning", .timeLimit(.minutes(5)))
struct CancellationTests {
    @Test("before the upload, nothing reaches the provider")
    func beforeTheUpload() async throws {
        var idle = Setup()
        idle.worksOnJobs = false
        try await withDaemon(ScriptedProvider(), idle) { daemon in
            let library = try await daemon.prepareLibrary()
            let ordered = try await daemon.order(library.connection.id)
            let cancelled = try await daemon.cancel(ordered.id)
            #expect(cancelled.status == .cancelled && cancelled.cancelRequested)
            #expect(
                try await daemon.events(of: ordered.id).map(\.event).suffix(2) == ["cancel_requested", "cancelled"])
            #expect(await daemon.provider.calls.isEmpty)
        }
    }

    @Test("while a call is under way, the job ends once it is known what came of it", arguments: HeldCall.allCases)
    func whileACallIsUnderWay(_ held: HeldCall) async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let gate = Gate()
            await daemon.provider.setPhases(.running)
            await held.script(daemon.provider, gate)
            let ordered = try await daemon.order(library.connection.id)
            await gate.reached()
            let cancelled = try await daemon.cancel(ordered.id)
            #expect(cancelled.cancelRequested)
            let again = try await daemon.refusal(.post, "/finetunings/\(ordered.id)/cancel")
            #expect(again.code == .finetuningNotCancellable)
            gate.open()
            let ended = try await daemon.end(of: ordered.id)
            #expect(ended.status == .cancelled)
            await held.check(daemon.provider)
        }
    }

    @Test("an answer that was lost is looked for: the job that was made is cancelled at the provider")
    func afterALostAnswer() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let gate = Gate()
            await daemon.provider.setPhases(.running)
            await daemon.provider.script(.createJob, .loseAnswer(.lost))
            await daemon.provider.script(.jobs, .succeed, .holdBefore(gate))
            let ordered = try await daemon.order(library.connection.id)
            await gate.reached()
            #expect(try await daemon.cancel(ordered.id).status == .queued)
            gate.open()
            #expect(try await daemon.end(of: ordered.id).status == .cancelled)
            #expect(await daemon.provider.jobs.map(\.isCancelled) == [true])
        }
    }

    @Test("while the provider is down, a job that it may have ends once it can be asked")
    func whileTheProviderIsDown() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            await daemon.provider.setPhases(.running)
            await daemon.provider.script(.job, .fail(.downForHours))
            await daemon.provider.script(.cancelJob, .fail(.down), .loseAnswer(.lost))
            let ordered = try await daemon.order(library.connection.id)
            try await daemon.wait(for: "waiting", of: ordered.id)
            #expect(try await daemon.cancel(ordered.id).cancelRequested)
            #expect(try await daemon.end(of: ordered.id).status == .cancelled)
            #expect(await daemon.provider.jobs.map(\.isCancelled) == [true])
        }
    }

    @Test("while the provider is down, a job that it cannot have ends at once")
    func beforeTheProviderHasAnything() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            await daemon.provider.script(.upload, .fail(.downForHours))
            let ordered = try await daemon.order(library.connection.id)
            try await daemon.wait(for: "waiting", of: ordered.id)
            #expect(try await daemon.cancel(ordered.id).status == .cancelled)
        }
    }

    @Test("a job that succeeds before the wish arrives has succeeded")
    func tooLate() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let gate = Gate()
            await daemon.provider.setPhases(.running, .succeeded(model: "m"))
            await daemon.provider.script(.job, .holdAfter(gate))
            let ordered = try await daemon.order(library.connection.id)
            await gate.reached()
            #expect(try await daemon.cancel(ordered.id).cancelRequested)
            gate.open()
            let ended = try await daemon.end(of: ordered.id)
            #expect(ended.status == .succeeded && ended.modelID == "m")
        }
    }
}

/// A provider's call during which a finetuning is cancelled.
enum HeldCall: CaseIterable {
    case uploadNotArrived, uploadArrived, fileCheck, submitNotArrived, submitArrived, firstPoll

    func script(_ provider: ScriptedProvider, _ gate: Gate) async {
        switch self {
        case .uploadNotArrived: await provider.script(.upload, .holdBefore(gate))
        case .uploadArrived: await provider.script(.upload, .holdAfter(gate))
        case .fileCheck:
            await provider.setReadiness(.pending)
            await provider.script(.file, .holdBefore(gate))
        case .submitNotArrived: await provider.script(.createJob, .holdBefore(gate))
        case .submitArrived: await provider.script(.createJob, .holdAfter(gate))
        case .firstPoll: await provider.script(.job, .holdBefore(gate))
        }
    }

    /// A job that was made is cancelled, and none is made after the wish.
    func check(_ provider: ScriptedProvider) async {
        let jobs = await provider.jobs
        switch self {
        case .uploadNotArrived, .uploadArrived, .fileCheck: #expect(jobs.isEmpty)
        case .submitNotArrived, .submitArrived, .firstPoll: #expect(jobs.map(\.isCancelled) == [true])
        }
    }
}
