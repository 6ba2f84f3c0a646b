import Identifiers
import Jobs
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

/// Where a daemon is stopped in the life of a job.
enum StopPoint: CaseIterable {
    case recorded
    case uploadNotArrived, uploadArrived, searchingFile
    case checkingFile
    case submitNotArrived, submitArrived, searchingJob
    case polling
    case waitingForTheProvider

    /// Has the provider hold the call during which the daemon is stopped.
    func script(_ provider: ScriptedProvider, _ gate: Gate) async {
        switch self {
        case .recorded: break
        case .uploadNotArrived: await provider.script(.upload, .holdBefore(gate))
        case .uploadArrived: await provider.script(.upload, .holdAfter(gate))
        case .searchingFile:
            await provider.script(.upload, .loseAnswer(.lost))
            await provider.script(.files, .holdBefore(gate))
        case .checkingFile:
            await provider.setReadiness(.pending)
            await provider.script(.file, .holdAfter(gate))
        case .submitNotArrived: await provider.script(.createJob, .holdBefore(gate))
        case .submitArrived: await provider.script(.createJob, .holdAfter(gate))
        case .searchingJob:
            await provider.script(.createJob, .loseAnswer(.lost))
            await provider.script(.jobs, .succeed, .holdAfter(gate))
        case .polling: await provider.script(.job, .holdBefore(gate))
        case .waitingForTheProvider: await provider.script(.createJob, .fail(.tooOften), .holdBefore(gate))
        }
    }
}

@Suite("a daemon that is stopped and started again", .timeLimit(.minutes(5)))
struct RestartTests {
    @Test("wherever a job was stopped, it goes on and there is one job at the provider", arguments: StopPoint.allCases)
    func aStoppedJobGoesOn(_ point: StopPoint) async throws {
        let workplace = try Workplace()
        let provider = ScriptedProvider()
        let gate = Gate()
        await point.script(provider, gate)
        var setup = Setup()
        setup.worksOnJobs = point != .recorded
        var order: ObjectID?
        try await withDaemon(at: workplace, provider, setup) { daemon in
            let library = try await daemon.prepareLibrary()
            order = try await daemon.order(library.connection.id).id
            if point != .recorded { await gate.reached() }
        }
        let id = try #require(order)
        try await withDaemon(at: workplace, provider) { daemon in
            let ended = try await daemon.end(of: id)
            #expect(ended.status == .succeeded)
            #expect(await provider.jobs.count == 1)
            #expect(await provider.files.count == 1)
            let events = try await daemon.events(of: id)
            #expect(events.map(\.sequence) == Array(1...events.count))
            for name in ["training_file_built", "succeeded"] {
                #expect(events.count { $0.event == name } == 1)
            }
        }
    }

    @Test("a wish to cancel survives the daemon that took it")
    func aCancellationSurvives() async throws {
        let workplace = try Workplace()
        let provider = ScriptedProvider(phases: [.running])
        let gate = Gate()
        await provider.script(.createJob, .holdAfter(gate))
        var order: ObjectID?
        try await withDaemon(at: workplace, provider) { daemon in
            let library = try await daemon.prepareLibrary()
            let id = try await daemon.order(library.connection.id).id
            await gate.reached()
            _ = try await daemon.cancel(id)
            order = id
        }
        let id = try #require(order)
        try await withDaemon(at: workplace, provider) { daemon in
            let ended = try await daemon.end(of: id)
            #expect(ended.status == .cancelled)
            #expect(await provider.jobs.map(\.isCancelled) == [true])
        }
    }

    @Test("a job that waits for a key is tried again at once, with a training file that was lost made again")
    func aLostTrainingFileIsMadeAgain() async throws {
        let workplace = try Workplace()
        let provider = ScriptedProvider()
        await provider.script(.upload, .fail(.badKey))
        var order: ObjectID?
        try await withDaemon(at: workplace, provider) { daemon in
            let library = try await daemon.prepareLibrary()
            let id = try await daemon.order(library.connection.id).id
            try await daemon.wait(for: "waiting_for_key", of: id)
            order = id
        }
        let id = try #require(order)
        try FileRemoval.remove(workplace.stateDirectory + "/training-files/\(id).jsonl")
        try await withDaemon(at: workplace, provider) { daemon in
            let ended = try await daemon.end(of: id)
            #expect(ended.status == .succeeded)
            #expect(await provider.jobs.count == 1)
        }
    }

    @Test(
        "a job whose provider is not configured any more waits, visibly, until it is again",
        arguments: [StopPoint.recorded, .uploadNotArrived, .submitNotArrived, .polling])
    func aJobWithoutItsProviderWaits(_ point: StopPoint) async throws {
        let workplace = try Workplace()
        let provider = ScriptedProvider()
        let gate = Gate()
        await point.script(provider, gate)
        var setup = Setup()
        setup.worksOnJobs = point != .recorded
        var order: ObjectID?
        try await withDaemon(at: workplace, provider, setup) { daemon in
            let library = try await daemon.prepareLibrary()
            order = try await daemon.order(library.connection.id).id
            if point != .recorded { await gate.reached() }
        }
        let id = try #require(order)
        try await withDaemon(at: workplace, ScriptedProvider(name: ProviderName(rawValue: "acme"))) { daemon in
            try await daemon.wait(for: "waiting", of: id)
            #expect(try await daemon.read(id).obstacle?.contains("no provider openai") == true)
        }
        try await withDaemon(at: workplace, provider) { daemon in
            let ended = try await daemon.end(of: id)
            #expect(ended.status == .succeeded)
            #expect(await provider.jobs.count == 1)
        }
    }

    @Test("a key that cannot be opened any more is asked for, and a new one lets the job go on")
    func aKeyThatCannotBeOpenedIsAskedFor() async throws {
        let workplace = try Workplace()
        let provider = ScriptedProvider()
        var idle = Setup()
        idle.worksOnJobs = false
        var made: (connection: ObjectID, order: ObjectID)?
        try await withDaemon(at: workplace, provider, idle) { daemon in
            let library = try await daemon.prepareLibrary(key: "sk-0123456789abcd")
            made = (library.connection.id, try await daemon.order(library.connection.id).id)
        }
        let (connection, id) = try #require(made)
        try FileRemoval.remove(workplace.stateDirectory + "/storage.key")
        try await withDaemon(at: workplace, provider) { daemon in
            try await daemon.wait(for: "waiting_for_key", of: id)
            #expect(await provider.calls.isEmpty)
            _ = try await daemon.client.call(
                Routes.changeConnection, connection, body: DatabaseConnectionChanges(llmAPIKey: .set("sk-the-new-key")))
            let ended = try await daemon.end(of: id)
            #expect(ended.status == .succeeded)
        }
    }

    @Test("what was kept is there again, and new ids come after the old ones")
    func theStateIsThereAgain() async throws {
        let workplace = try Workplace()
        let provider = ScriptedProvider()
        var before: [JSONValue] = []
        var newest: ObjectID?
        try await withDaemon(at: workplace, provider) { daemon in
            let library = try await daemon.prepareLibrary(key: "sk-0123456789abcd")
            let id = try await daemon.order(library.connection.id).id
            _ = try await daemon.end(of: id)
            before = try await daemon.everything()
            newest = id
        }
        try await withDaemon(at: workplace, provider) { daemon in
            #expect(try await daemon.everything() == before)
            let made = try await daemon.register("another")
            let newest = try #require(newest)
            #expect(made.id > newest)
        }
    }
}
