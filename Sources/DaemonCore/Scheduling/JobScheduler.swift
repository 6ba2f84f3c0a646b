import Identifiers
import Jobs
import Logging
import ServiceLifecycle
import Store

/// Sees to it that every unfinished job gets its next piece of work when that is due, a bounded number at a time.
///
/// It waits by `Timestamp.steady`: a clock that somebody sets neither holds a job up nor lets it look for what it may
/// have made before that can be there.
package actor JobScheduler {
    /// Removes what finished jobs left at providers, while this works.
    let removal: FileRemoval
    private let work: JobWork
    private let started = Timestamp.steady
    private var schedule: JobSchedule
    private var deadlines: [ObjectID: Deadline] = [:]
    private var unchangedPolls: [ObjectID: Int] = [:]
    private var sleeper: CheckedContinuation<Void, Never>?
    private var armedAlarm: Timestamp?
    private var turnWaiters: [CheckedContinuation<Void, Never>] = []
    private var isStopping = false
    /// Jobs that wait for a key since before the daemon started: it may have been given another.
    private var heldForOldKey: Set<ObjectID> = []

    private static let batch = 500

    /// A stored moment, and that moment as the scheduler waits for it.
    private struct Deadline {
        let notBefore: Timestamp
        let steady: Timestamp
    }

    init(work: JobWork) {
        self.work = work
        removal = FileRemoval(work: work)
        schedule = JobSchedule(pacings: work.pacings)
    }

    /// Takes up every unfinished job where it was left, and works until the service group ends or the task is
    /// cancelled.
    package func run() async throws {
        try await forEachUnfinished { finetuning in
            heldForOldKey.insert(finetuning.id)
            wake(finetuning)
        }
        await withDiscardingTaskGroup { group in
            group.addTask { await self.stopOnShutdown() }
            group.addTask { await self.removal.run() }
            while !isStopping {
                FailPoint.pass(.turn, .before)
                startDueJobs(in: &group)
                noteTurn()
                await sleepUntilSomethingIsDue(in: &group)
            }
            noteTurn()
            group.cancelAll()
        }
    }

    /// Returns once the scheduler has looked again for jobs that are due. If it is dead, this does not return.
    package func turn() async {
        guard !isStopping else { return }
        await withCheckedContinuation { continuation in
            turnWaiters.append(continuation)
            wakeUp()
        }
    }

    private func noteTurn() {
        for waiter in turnWaiters { waiter.resume() }
        turnWaiters = []
    }

    // Waits for the end of the service group, or for the task to be cancelled: both mean the same here.
    private func stopOnShutdown() async {
        do {
            try await gracefulShutdown()
        } catch {
            work.logger.trace("the scheduler was cancelled")
        }
        stop()
    }

    private func stop() {
        isStopping = true
        wakeUp()
    }

    // Some at a time, since there may be ten thousand.
    private func forEachUnfinished(_ take: (Jobs.Finetuning) async throws -> Void) async throws {
        var last: ObjectID?
        while true {
            let finetunings = try await work.store.unfinishedFinetunings(after: last, limit: Self.batch)
            guard let newest = finetunings.last else { return }
            for finetuning in finetunings { try await take(finetuning) }
            last = newest.id
        }
    }

    /// A job has something to do now.
    func wake(_ finetuning: Jobs.Finetuning) {
        schedule.schedule(finetuning.id, .init(at: .steady, place: JobPlace(finetuning)))
        wakeUp()
    }

    /// There may be new keys, of one connection or of any: lets the jobs that wait for one try again.
    func keysReplaced(of connection: ObjectID? = nil) async throws {
        try await forEachUnfinished { finetuning in
            guard connection == nil || connection == finetuning.connectionID else { return }
            do {
                _ = try await request(.keyReplaced, of: finetuning.id)
            } catch StoreError.notFound {
                work.logger.trace("deleted meanwhile", metadata: ["job": "\(finetuning.id)"])
            }
        }
    }

    /// Tells the state machine of a user's wish, and gets to work on what it made of it.
    func request(
        _ event: JobEvent, of id: ObjectID, keeping reply: ReplyKeeping<AppliedTransition>? = nil
    ) async throws -> AppliedTransition {
        let applied = try await work.transition(event, of: try await work.store.finetuning(id), keeping: reply)
        if case .moved = applied.transition { wake(applied.finetuning) }
        return applied
    }
}

// MARK: Working

extension JobScheduler {
    private func startDueJobs(in group: inout DiscardingTaskGroup) {
        while let id = schedule.start(at: .steady) {
            group.addTask { await self.workOn(id) }
        }
    }

    private func workOn(_ id: ObjectID) async {
        let next = await nextWork(on: id)
        schedule.finish(id, next: next, now: .steady)
        if next == nil { forget(id) }
        wakeUp()
    }

    private func forget(_ id: ObjectID) {
        unchangedPolls[id] = nil
        deadlines[id] = nil
    }

    private func nextWork(on id: ObjectID) async -> JobSchedule.Next? {
        do {
            let finetuning = try await work.store.finetuning(id)
            if let moment = earliestMoment(for: finetuning), moment > .steady {
                return .init(at: moment, place: JobPlace(finetuning))
            }
            return next(finetuning, after: try await work.work(on: finetuning))
        } catch StoreError.notFound, StoreError.closed {
            return nil
        } catch {
            if isStopping { return nil }
            work.logger.error("\(error)", metadata: ["job": "\(id)"])
            let delay = work.pacings.usual.retries.delay(tries: 4, jitter: Double.random(in: 0..<1))
            return schedule.again(id, at: Timestamp.steady.advanced(by: delay))
        }
    }

    private func earliestMoment(for finetuning: Jobs.Finetuning) -> Timestamp? {
        let isFirstLook = heldForOldKey.remove(finetuning.id) != nil
        if isFirstLook, case .key = finetuning.job.obstacle { return nil }
        let deadline = deadline(of: finetuning)
        switch (finetuning.job.stage, finetuning.job.obstacle) {
        // The daemon before this one looked in vain. How long ago that was only the clock knows, which may have been
        // set since: the time in which the request arrives begins anew.
        case (.uploading, .missing), (.submitting, .missing):
            let settleTime = work.pacings[finetuning.baseModel.provider].retries.settleTime
            return max(deadline ?? started, started.advanced(by: settleTime))
        case (.recorded, _), (.built, _), (.uploading, _), (.processing, _), (.ready, _), (.submitting, _),
            (.submitted, _), (.ended, _):
            return deadline
        }
    }

    // Looked at by the clock once, when it is new.
    private func deadline(of finetuning: Jobs.Finetuning) -> Timestamp? {
        guard let notBefore = finetuning.job.notBefore else {
            deadlines[finetuning.id] = nil
            return nil
        }
        if let known = deadlines[finetuning.id], known.notBefore == notBefore { return known.steady }
        let deadline = Deadline(
            notBefore: notBefore, steady: Timestamp.steady.advanced(by: finetuning.wait(at: .now)))
        deadlines[finetuning.id] = deadline
        return deadline.steady
    }

    private func next(_ before: Jobs.Finetuning, after outcome: JobWork.Outcome) -> JobSchedule.Next? {
        switch outcome {
        case .dropped: return nil
        case .heldOff(let until): return .init(at: until, place: JobPlace(before))
        case .worked(let finetuning, let isNews):
            guard let action = finetuning.job.nextAction else { return nil }
            return .init(
                at: deadline(of: finetuning) ?? nextMoment(for: action, of: finetuning, isNews: isNews),
                place: JobPlace(finetuning))
        }
    }

    private func nextMoment(for action: JobAction, of finetuning: Jobs.Finetuning, isNews: Bool) -> Timestamp {
        guard case .poll = action else { return .steady }
        let unchanged = isNews ? 0 : unchangedPolls[finetuning.id, default: 0] + 1
        unchangedPolls[finetuning.id] = unchanged
        let interval = work.pacings[finetuning.baseModel.provider].polling.interval(
            unchangedPolls: unchanged, jitter: Double.random(in: 0..<1))
        return Timestamp.steady.advanced(by: interval)
    }
}

// MARK: Waiting

extension JobScheduler {
    private func sleepUntilSomethingIsDue(in group: inout DiscardingTaskGroup) async {
        let next = schedule.nextDue
        if isStopping || next.map({ $0 <= .steady }) == true { return }
        if let next { arm(next, in: &group) }
        await withCheckedContinuation { sleeper = $0 }
    }

    private func arm(_ moment: Timestamp, in group: inout DiscardingTaskGroup) {
        if let armedAlarm, armedAlarm <= moment { return }
        armedAlarm = moment
        group.addTask { await self.ring(at: moment) }
    }

    private func ring(at moment: Timestamp) async {
        do {
            try await Task.sleep(for: moment.duration(since: .steady))
        } catch {
            return
        }
        if armedAlarm == moment { armedAlarm = nil }
        wakeUp()
    }

    private func wakeUp() {
        sleeper?.resume()
        sleeper = nil
    }
}
