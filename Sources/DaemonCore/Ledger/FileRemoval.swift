import Identifiers
import Jobs
import Logging
import Store

/// Has files removed at their providers once their users no longer want them, and tries again until that is done.
///
/// The wish is in the ledger before the request that brought it is answered, so it outlives the daemon.
actor FileRemoval {
    private static let batch = 32

    private let work: JobWork
    private let signals = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    private var alarm: Timestamp?

    init(work: JobWork) {
        self.work = work
    }

    /// There is something to remove.
    nonisolated func wake() {
        signals.continuation.yield()
    }

    /// Works until the task is cancelled.
    func run() async {
        wake()
        await withDiscardingTaskGroup { group in
            for await _ in signals.stream {
                guard let next = await deliver() else { continue }
                arm(next, in: &group)
            }
            group.cancelAll()
        }
    }

    private func arm(_ moment: Timestamp, in group: inout DiscardingTaskGroup) {
        if let alarm, alarm <= moment { return }
        alarm = moment
        group.addTask { await self.ring(at: moment) }
    }

    private func ring(at moment: Timestamp) async {
        do {
            try await Task.sleep(for: moment.duration(since: .now))
        } catch {
            return
        }
        if alarm == moment { alarm = nil }
        wake()
    }

    /// Removes what is due, and tells when more will be.
    private func deliver() async -> Timestamp? {
        do {
            while case let due = try await work.store.removals(dueAt: .now, limit: Self.batch), !due.isEmpty {
                try await remove(due)
            }
            return try await work.store.nextRemoval()
        } catch StoreError.closed {
            return nil
        } catch is CancellationError {
            return nil
        } catch {
            work.logger.error("a provider's file was not removed: \(error)")
            let delay = work.pacings.usual.retries.delay(tries: 4, jitter: Double.random(in: 0..<1))
            return Timestamp.now.advanced(by: delay)
        }
    }

    // Providers are asked side by side, so that one that stalls holds up no other.
    private func remove(_ due: [ProviderObject]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for objects in Dictionary(grouping: due, by: \.provider).values {
                group.addTask { for object in objects { try await self.remove(object) } }
            }
            try await group.waitForAll()
        }
    }

    private func remove(_ object: ProviderObject) async throws {
        try Task.checkCancellation()
        guard let provider = work.providers[object.provider] else {
            return try await postpone(object, because: "the configuration has no provider \(object.provider) any more")
        }
        if let until = work.providers.holdOff(provider.name, at: .steady) {
            return try await work.store.postponeRemoval(of: object.number, until: until.onTheWall, because: nil)
        }
        defer { work.providers.noteEndOfWork(with: provider.name, at: .steady) }
        let account: ProviderAccount
        do {
            account = try work.account(of: try await work.store.connection(object.connection), at: provider)
        } catch let error as SecretBoxError {
            return try await postpone(object, because: error.description)
        }
        do throws(ProviderError) {
            try await provider.deleteFile(ProviderFileID(rawValue: object.remoteID), as: account)
        } catch {
            work.providers.note(error, of: provider.name, as: account, at: .steady)
            try Task.checkCancellation()
            return try await postpone(object, because: error.complaint.message, atLeast: error.retryAfter)
        }
        work.providers.noteAnswer(of: provider.name)
        try await work.store.noteRemoved(object.number, at: .now)
        work.logger.info("provider's file removed", metadata: ["file": "\(object.remoteID)"])
    }

    private func postpone(_ object: ProviderObject, because reason: String, atLeast: Duration? = nil) async throws {
        guard case .removing(let failedTries, _) = object.state else { return }
        let retries = work.pacings[object.provider].retries
        let delay = retries.delay(tries: failedTries + 1, jitter: Double.random(in: 0..<1))
        try await work.store.postponeRemoval(
            of: object.number, until: Timestamp.now.advanced(by: max(delay, atLeast ?? .zero)), because: reason)
    }
}
