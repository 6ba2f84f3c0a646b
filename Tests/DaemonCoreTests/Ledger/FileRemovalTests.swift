import Identifiers
import LineTransport
import Store
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("what a finetuning leaves at its provider", .timeLimit(.minutes(5)))
struct FileRemovalTests {
    private func objects(_ daemon: TestDaemon) async throws -> [Wire.ProviderObject] {
        try await daemon.client.call(Routes.listProviderObjects, query: ProviderObjectPaging())
    }

    private func finish(_ daemon: TestDaemon) async throws -> ObjectID {
        let ordered = try await daemon.order(try await daemon.prepareLibrary().connection.id)
        _ = try await daemon.end(of: ordered.id)
        return ordered.id
    }

    /// Waits until the file is in this state.
    private func wait(for state: Wire.ProviderObject.State, _ daemon: TestDaemon) async throws -> Wire.ProviderObject {
        while true {
            let file = try #require(try await objects(daemon).first)
            if file.state == state { return file }
            await Task.yield()
        }
    }

    @Test("is listed, also when the finetuning is gone, and stays unless its user says otherwise")
    func listed() async throws {
        try await withDaemon { daemon in
            let id = try await finish(daemon)
            _ = try await daemon.send(.delete, "/finetunings/\(id)")
            let objects = try await objects(daemon)
            #expect(objects.map(\.kind) == [.file, .job, .model])
            #expect(objects.map(\.id) == ["file-1", "ftjob-1", ScriptedProvider.tunedModel])
            #expect(objects.allSatisfy { $0.finetuning == id && $0.state == .present })
            #expect(await daemon.provider.files.count == 1)
        }
    }

    @Test("goes with ?remote=true, though the provider is down at first")
    func removed() async throws {
        try await withDaemon { daemon in
            let id = try await finish(daemon)
            await daemon.provider.script(.deleteFile, .fail(.down), .fail(.tooOften), .loseAnswer(.lost))
            let deleted = try await daemon.client.call(
                Routes.deleteFinetuning, id, query: FinetuningDeletion(remote: true))
            #expect(deleted.id == id && deleted.providerObjects.map(\.state) == [.removing, .present, .present])
            let file = try await wait(for: .removed, daemon)
            #expect(file.removedAt != nil && file.error == nil)
            #expect(await daemon.provider.files.isEmpty)
            #expect(try await objects(daemon).map(\.state) == [.removed, .present, .present])
        }
    }

    @Test("goes after a restart, if the daemon ended before the provider answered")
    func afterRestart() async throws {
        let workplace = try Workplace()
        let provider = ScriptedProvider()
        try await withDaemon(at: workplace, provider) { daemon in
            let id = try await finish(daemon)
            let gate = Gate()
            await provider.script(.deleteFile, .holdBefore(gate))
            _ = try await daemon.send(.delete, "/finetunings/\(id)?remote=true")
            await gate.reached()
            #expect(try await objects(daemon)[0].state == .removing)
        }
        try await withDaemon(at: workplace, provider) { daemon in
            _ = try await wait(for: .removed, daemon)
            #expect(await provider.files.isEmpty)
        }
    }

    @Test("goes after a restart, though the clock was set back a year since its removal was put off")
    func afterClockWasSetBack() async throws {
        let workplace = try Workplace()
        let provider = ScriptedProvider()
        try await withDaemon(at: workplace, provider) { daemon in
            let id = try await finish(daemon)
            let gate = Gate()
            await provider.script(.deleteFile, .holdBefore(gate))
            _ = try await daemon.send(.delete, "/finetunings/\(id)?remote=true")
            await gate.reached()
            let number = try #require(try await daemon.store.removals().first).object
            let nextYear = Timestamp.now.advanced(by: .seconds(365 * 86_400))
            try await daemon.store.postponeRemoval(of: number, until: nextYear, because: "out of order")
        }
        try await withDaemon(at: workplace, provider) { daemon in
            _ = try await wait(for: .removed, daemon)
            #expect(await provider.files.isEmpty)
        }
    }
}
