import Identifiers
import Jobs
@testable import Store
import Testing
import TrainingData

@Suite("The ledger of provider objects")
struct LedgerTests {
    private func withFinishedJob(_ test: (StateStore, StateFolder) async throws -> Void) async throws {
        try await withStore { store, folder in
            let records = try await store.addConnection(records: 10)
            _ = try await store.create(finetuning(10, of: 1), records: records, happenings: [])
            for event in untilSubmitted { try await store.apply(event, to: id(10)) }
            try await store.apply(
                .polled(ProviderJob(id: remoteJob, phase: .succeeded(model: "ft:model"))), to: id(10))
            try await test(store, folder)
        }
    }

    private func objects(_ store: StateStore) async throws -> [ProviderObject] {
        try await store.providerObjects(PageRequest()).items
    }

    @Test("every file, job and model is entered with the transition that tells of it, and survives a crash")
    func entries() async throws {
        try await withFinishedJob { _, folder in
            let again = try await folder.copyAfterCrash().open()
            let objects = try await objects(again)
            #expect(objects.map(\.kind) == [.file, .job, .model])
            #expect(objects.map(\.remoteID) == ["file-1", "ftjob-1", "ft:model"])
            #expect(objects.allSatisfy { $0.origin == .made && $0.state == .present && $0.finetuning == id(10) })
            #expect(try await again.providerObjects(kind: .job, PageRequest()).total == 1)
            #expect(try await again.providerObjects(of: id(11), PageRequest()).total == 0)
            try await again.close()
        }
    }

    @Test("what was found after a lost answer is entered as adopted")
    func adoption() async throws {
        try await withStore { store, _ in
            let records = try await store.addConnection(records: 10)
            _ = try await store.create(finetuning(10, of: 1), records: records, happenings: [])
            let found = ProviderFile(id: file, name: "finetuned.jsonl", byteCount: 1_234, readiness: .ready)
            try await store.apply(
                .datasetBuilt(dataset), .uploadBegun, .fileFound(found), .submitBegun,
                .jobFound(ProviderJob(id: remoteJob, phase: .running)), to: id(10))
            #expect(try await objects(store).map(\.origin) == [.adopted, .adopted])
        }
    }

    @Test("it outlives the finetuning; only a deletion that says so has the file removed, and the file alone")
    func deletion() async throws {
        try await withFinishedJob { store, _ in
            try await store.deleteFinetuning(id(10))
            #expect(try await objects(store).map(\.state) == [.present, .present, .present])
            #expect(try await store.removals().isEmpty)
        }
        try await withFinishedJob { store, _ in
            try await store.deleteFinetuning(id(10), removingFileAt: noon)
            #expect(
                try await objects(store).map(\.state) == [.removing(failedTries: 0, reason: nil), .present, .present])
            let removals = try await store.removals(of: id(10))
            #expect(removals.map(\.notBefore) == [noon])
            #expect(try await store.removals(numbered: removals.map(\.object)).map(\.remoteID) == ["file-1"])
            #expect(try await store.removals(of: id(11)).isEmpty)
        }
    }

    @Test("a removal that fails is due again later, and says why, until the file is gone")
    func removal() async throws {
        try await withFinishedJob { store, _ in
            let later = noon.advanced(by: .seconds(60))
            try await store.deleteFinetuning(id(10), removingFileAt: noon)
            let file = try await objects(store)[0].number
            try await store.postponeRemoval(of: file, until: later, because: "out of order")
            #expect(try await objects(store)[0].state == .removing(failedTries: 1, reason: "out of order"))
            #expect(try await store.removals() == [PendingRemoval(object: file, notBefore: later)])
            try await store.noteRemoved(file, at: later)
            #expect(try await objects(store)[0].state == .removed(later))
            #expect(try await store.removals(numbered: [file]).isEmpty)
        }
    }

    @Test("a connection whose key a removal needs stays until that is done")
    func connectionInUse() async throws {
        try await withFinishedJob { store, _ in
            try await store.deleteFinetuning(id(10), removingFileAt: noon)
            for record in try await store.records(of: id(1), PageRequest(limit: 100)).items {
                try await store.deleteRecord(record.id)
            }
            let use = ConnectionUse(goldenRecords: 0, finetunings: 0, removals: 1)
            await #expect(throws: StoreError.connectionInUse(id(1), by: use)) {
                try await store.deleteConnection(id(1))
            }
            try await store.noteRemoved(try await objects(store)[0].number, at: noon)
            try await store.deleteConnection(id(1))
        }
    }

    @Test("what was made before there was a ledger is in it after the upgrade")
    func backfill() async throws {
        try await withFinishedJob { store, folder in
            try await store.execute(
                "DROP TABLE provider_objects; DELETE FROM grdb_migrations WHERE identifier LIKE '0003 %'")
            let again = try await folder.copyAfterCrash().open()
            #expect(try await objects(again).map(\.remoteID) == ["file-1", "ftjob-1", "ft:model"])
            try await again.close()
        }
    }
}
