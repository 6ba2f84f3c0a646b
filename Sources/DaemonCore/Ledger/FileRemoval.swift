import Identifiers
import Jobs
import Logging
import Store

/// Has files removed at their providers once their users no longer want them, and tries again until that is done.
///
/// The wish is in the ledger before the request that brought it is answered, so it outlives the daemon. When each is
/// tried is measured by `Timestamp.steady`: a clock that somebody sets back holds none of them up.
actor FileRemoval {
    private static let batch = 32

    private enum Signal {
        case request(ofFinetuning: ObjectID)
        case deadline
    }

    private let work: JobWork
    private let signals = AsyncStream<Signal>.makeStream()
    /// When what is to be removed is tried next, by its number in the ledger.
    private var deadlines: [Int: Timestamp] = [:]
    /// Whether everything that is to be removed has a deadline: not at the start, nor after the ledger was out of reach.
    private var knowsAll = false
    private var alarm: Timestamp?

    init(work: JobWork) {
        self.work = work
    }

    /// The files of a finetuning are to be removed.
    nonisolated func request(of finetuning: ObjectID) {
        signals.continuation.yield(.request(ofFinetuning: finetuning))
    }

    /// Works until the task is cancelled.
    func run() async {
        signals.continuation.yield(.deadline)
        await withDiscardingTaskGroup { group in
            for await signal in signals.stream {
                guard let next = await follow(signal) else { continue }
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
            try await Task.sleep(for: moment.duration(since: .steady))
        } catch {
            return
        }
        if alarm == moment { alarm = nil }
        signals.continuation.yield(.deadline)
    }

    /// Takes up what a signal tells of and removes what is due. Returns when there is more to do.
    private func follow(_ signal: Signal) async -> Timestamp? {
        do {
            try await takeUp(signal)
            try await removeDue()
            return deadlines.values.min()
        } catch StoreError.closed {
            return nil
        } catch is CancellationError {
            return nil
        } catch {
            work.logger.error("a provider's file was not removed: \(error)")
            knowsAll = false
            return Timestamp.steady.advanced(by: delay(afterTries: 4))
        }
    }

    private func takeUp(_ signal: Signal) async throws {
        switch signal {
        case _ where !knowsAll: takeUp(try await work.store.removals())
        case .request(let finetuning): takeUp(try await work.store.removals(of: finetuning))
        case .deadline: break
        }
        knowsAll = true
    }

    // A stored moment is looked at by the clock once, and is farther off than the longest pause only if the clock was
    // set back.
    private func takeUp(_ removals: [PendingRemoval]) {
        let (now, longest) = (Timestamp.now, work.pacings.usual.retries.longestDelay)
        for removal in removals where deadlines[removal.object] == nil {
            let wait = min(max(.zero, removal.notBefore.duration(since: now)), longest)
            deadlines[removal.object] = Timestamp.steady.advanced(by: wait)
        }
    }

    private func removeDue() async throws {
        while case let due = deadlines.filter({ $0.value <= .steady }), !due.isEmpty {
            let numbers = due.sorted { $0.value < $1.value }.prefix(Self.batch).map(\.key)
            let objects = try await work.store.removals(numbered: numbers)
            for gone in Set(numbers).subtracting(objects.map(\.number)) { deadlines[gone] = nil }
            try await remove(objects)
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
            deadlines[object.number] = until
            return
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
        work.providers.noteAnswer(of: provider.name, as: account)
        try await work.store.noteRemoved(object.number, at: .now)
        deadlines[object.number] = nil
        work.logger.info("provider's file removed", metadata: ["file": "\(object.remoteID)"])
    }

    private func postpone(_ object: ProviderObject, because reason: String, atLeast: Duration? = nil) async throws {
        guard case .removing(let failedTries, _) = object.state else { return }
        let delay = max(delay(afterTries: failedTries + 1, of: object.provider), atLeast ?? .zero)
        try await work.store.postponeRemoval(
            of: object.number, until: Timestamp.now.advanced(by: delay), because: reason)
        deadlines[object.number] = Timestamp.steady.advanced(by: delay)
    }

    private func delay(afterTries tries: Int, of provider: ProviderName? = nil) -> Duration {
        let pacing = provider.map { work.pacings[$0] } ?? work.pacings.usual
        return pacing.retries.delay(tries: tries, jitter: Double.random(in: 0..<1))
    }
}
