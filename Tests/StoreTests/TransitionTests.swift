import Identifiers
import Jobs
import Store
import Testing

@Suite("Transitions")
struct TransitionTests {
    @Test("a job walks from acceptance to its model, with every step on record")
    func walk() async throws {
        try await withFinetuning { store, folder in
            for event in untilSubmitted { try await store.apply(event, to: id(10)) }
            let end = ProviderJob(id: remoteJob, phase: .succeeded(model: "ft:mine"))
            let applied = try await store.apply(.polled(end), to: id(10))
            #expect(applied.map(\.finetuning.job.model) == ["ft:mine"])

            let crashed = try folder.copyAfterCrash()
            let again = try await crashed.open()
            #expect(try await again.finetuning(id(10)) == applied.last?.finetuning)
            let events = try await again.events(of: id(10), after: 0, limit: 100)
            #expect(events.map(\.sequence) == Array(1...events.count))
            #expect(events.first?.name == "accepted")
            #expect(events.last?.name == "succeeded")
            #expect(events.suffix(applied.last?.events.count ?? 0) == applied.last?.events[...])
            try await again.close()
        }
    }

    @Test("what a provider tells twice is stored once")
    func news() async throws {
        try await withFinetuning { store, _ in
            for event in untilSubmitted { try await store.apply(event, to: id(10)) }
            #expect(try await store.lastProviderEventID(of: id(10)) == nil)
            _ = try await store.hear(events: 1...3, checkpoints: 1...1)
            let second = try await store.hear(events: 2...4, checkpoints: 1...2)
            #expect(second.events.map(\.message) == ["message 4"])
            #expect(second.events.map(\.at) == [noon.advanced(by: .seconds(4))])
            #expect(try await store.lastProviderEventID(of: id(10)) == ProviderEventID(rawValue: "event-4"))
            #expect(try await store.checkpoints(of: id(10)) == [checkpoint(1), checkpoint(2)])
            let stored = try await store.events(of: id(10), after: 0, limit: 100)
            #expect(stored.suffix(1) == second.events[...])
            #expect(stored.last?.detail == ["train_loss": .number(1)])
        }
    }

    @Test("a checkpoint that was measured again is replaced")
    func remeasured() async throws {
        try await withFinetuning { store, _ in
            for event in untilSubmitted { try await store.apply(event, to: id(10)) }
            _ = try await store.hear(events: 1...1, checkpoints: 1...1)
            var newer = checkpoint(1)
            newer.metrics["valid_loss"] = 0.25
            _ = try await store.apply(
                .polled(ProviderJob(id: remoteJob, phase: .queued)), to: id(10), at: Moment(now: noon, jitter: 0),
                policy: RetryPolicy(), also: ProviderNews(checkpoints: [newer]))
            #expect(try await store.checkpoints(of: id(10)) == [newer])
        }
    }

    @Test("where nothing changes, nothing is written")
    func unchanged() async throws {
        try await withFinetuning { store, folder in
            for event in untilSubmitted { try await store.apply(event, to: id(10)) }
            _ = try await store.hear(events: 1...2, checkpoints: 1...2)
            let before = try folder.bytes(of: "state.sqlite-wal")
            let again = try await store.hear(events: 1...2, checkpoints: 1...2)
            #expect(again.transition == .unchanged)
            #expect(again.events.isEmpty)
            #expect(try folder.bytes(of: "state.sqlite-wal") == before)
        }
    }

    @Test("a wish that comes too late is refused and changes nothing")
    func refused() async throws {
        try await withFinetuning { store, _ in
            try await store.apply(.cancelRequested, to: id(10))
            let before = try await store.finetuning(id(10))
            let late = try await store.apply(.cancelRequested, to: id(10))
            #expect(late.map(\.transition) == [.refused(.alreadyEnded(.cancelled))])
            #expect(try await store.finetuning(id(10)) == before)
        }
    }

    @Test("events have no gaps though many tasks append them at once")
    func concurrency() async throws {
        try await withFinetuning { store, _ in
            for event in untilSubmitted { try await store.apply(event, to: id(10)) }
            let already = try await store.events(of: id(10), after: 0, limit: 1000).count
            let told = try await withThrowingTaskGroup(of: [Int].self) { group in
                for number in 1...100 {
                    group.addTask { try await store.hear(events: number...number).events.map(\.sequence) }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(told.sorted() == Array(already + 1...already + 100))
            let stored = try await store.events(of: id(10), after: already, limit: 1000)
            #expect(stored.map(\.sequence) == told.sorted())
        }
    }
}

private func withFinetuning(_ test: (StateStore, StateFolder) async throws -> Void) async throws {
    try await withStore { store, folder in
        try await store.addConnection()
        _ = try await store.create(finetuning(10, of: 1), records: [], happenings: [.accepted(records: 0)])
        try await test(store, folder)
    }
}

private func checkpoint(_ number: Int) -> ProviderCheckpoint {
    ProviderCheckpoint(
        id: "checkpoint-\(number)", at: noon, step: number, model: ProviderModelID(rawValue: "ft:step-\(number)"),
        metrics: ["train_loss": 1 / Double(number)])
}

extension StateStore {
    /// Lets the provider tell these of its events and checkpoints, and nothing new of the job's status.
    fileprivate func hear(
        events: ClosedRange<Int>, checkpoints: ClosedRange<Int>? = nil
    ) async throws -> AppliedTransition {
        let news = ProviderNews(
            events: events.map {
                ProviderEvent(
                    id: ProviderEventID(rawValue: "event-\($0)"), at: noon.advanced(by: .seconds($0)), level: .info,
                    message: "message \($0)", metrics: ["train_loss": 1])
            }, checkpoints: (checkpoints.map(Array.init) ?? []).map(checkpoint))
        return try await apply(
            .polled(ProviderJob(id: remoteJob, phase: .queued)), to: id(10), at: Moment(now: noon, jitter: 0),
            policy: RetryPolicy(), also: news)
    }
}
