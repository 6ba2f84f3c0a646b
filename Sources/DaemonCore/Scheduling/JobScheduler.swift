import Identifiers
import Jobs
import Logging
import ServiceLifecycle
import Store

/// Sees to it that every unfinished job gets its next piece of work when that is due, a bounded number at a time.
package actor JobScheduler {
    /// Removes what finished jobs left at providers, while this works.
    let removal: FileRemoval
    private let work: JobWork
    private let polling: PollPolicy
    private let concurrency: Int
    private let started = Timestamp.now
    private var schedule = JobSchedule()
    private var unchangedPolls: [ObjectID: Int] = [:]
    private var sleeper: CheckedContinuation<Void, Never>?
    private var armedAlarm: Timestamp?
    private var isStopping = false
    /// Jobs that wait for a key since before the daemon started: it may have been given another.
    private var heldForOldKey: Set<ObjectID> = []

    init(work: JobWork, polling: PollPolicy, concurrency: Int) {
        self.work = work
        removal = FileRemoval(work: work)
        self.polling = polling
        self.concurrency = concurrency
    }

    /// Jobs that are not over.
    package var unfinishedCount: Int { schedule.count }

    /// Takes up every unfinished job where it was left, and works until the service group ends or the task is
    /// cancelled.
    package func run() async throws {
        for id in try await work.store.unfinishedFinetunings() {
            heldForOldKey.insert(id)
            schedule.schedule(id, at: .now)
        }
        await withDiscardingTaskGroup { group in
            group.addTask { await self.stopOnShutdown() }
            group.addTask { await self.removal.run() }
            while !isStopping {
                startDueJobs(in: &group)
                await sleepUntilSomethingIsDue(in: &group)
            }
            group.cancelAll()
        }
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

    /// A job has something to do now.
    func wake(_ id: ObjectID) {
        schedule.schedule(id, at: .now)
        wakeUp()
    }

    /// There may be new keys, of one connection or of any: lets the jobs that wait for one try again.
    func keysReplaced(of connection: ObjectID? = nil) async throws {
        for id in try await work.store.unfinishedFinetunings() {
            do {
                let finetuning = try await work.store.finetuning(id)
                guard connection == nil || connection == finetuning.connectionID else { continue }
                _ = try await request(.keyReplaced, of: id)
            } catch StoreError.notFound {
                continue
            }
        }
    }

    /// Tells the state machine of a user's wish, and gets to work on what it made of it.
    func request(
        _ event: JobEvent, of id: ObjectID, keeping reply: ReplyKeeping<AppliedTransition>? = nil
    ) async throws -> AppliedTransition {
        let applied = try await work.transition(event, of: id, keeping: reply)
        if case .moved = applied.transition { wake(id) }
        return applied
    }
}

// MARK: Working

extension JobScheduler {
    private func startDueJobs(in group: inout DiscardingTaskGroup) {
        while schedule.workingCount < concurrency, let id = schedule.start(at: .now) {
            group.addTask { await self.workOn(id) }
        }
    }

    private func workOn(_ id: ObjectID) async {
        let next = await nextDue(of: id)
        schedule.finish(id, next: next, now: .now)
        wakeUp()
    }

    private func nextDue(of id: ObjectID) async -> Timestamp? {
        do {
            let finetuning = try await work.store.finetuning(id)
            if let moment = earliestMoment(for: finetuning), moment > .now { return moment }
            return due(id, after: try await work.work(on: finetuning))
        } catch StoreError.notFound, StoreError.closed {
            return nil
        } catch {
            if isStopping { return nil }
            work.logger.error("\(error)", metadata: ["job": "\(id)"])
            return Timestamp.now.advanced(by: work.retries.delay(tries: 4, jitter: Double.random(in: 0..<1)))
        }
    }

    private func earliestMoment(for finetuning: Jobs.Finetuning) -> Timestamp? {
        let job = finetuning.job
        let isFirstLook = heldForOldKey.remove(finetuning.id) != nil
        if isFirstLook, case .key = job.obstacle { return nil }
        return switch job.stage {
        // A call that the daemon before this one made may have been sent long after its intent was committed. Nobody
        // knows when; but not after this daemon started.
        case .uploading, .submitting: max(job.notBefore ?? started, started.advanced(by: work.retries.settleTime))
        case .recorded, .built, .processing, .ready, .submitted, .ended: job.notBefore
        }
    }

    private func due(_ id: ObjectID, after outcome: JobWork.Outcome) -> Timestamp? {
        switch outcome {
        case .dropped: return nil
        case .heldOff(let until): return until
        case .worked(let finetuning, let isNews):
            guard let action = finetuning.job.nextAction else {
                unchangedPolls[id] = nil
                return nil
            }
            return finetuning.job.notBefore ?? nextMoment(for: action, of: id, isNews: isNews)
        }
    }

    private func nextMoment(for action: JobAction, of id: ObjectID, isNews: Bool) -> Timestamp {
        guard case .poll = action else { return .now }
        unchangedPolls[id] = isNews ? 0 : unchangedPolls[id, default: 0] + 1
        let interval = polling.interval(
            unchangedPolls: unchangedPolls[id, default: 0], jitter: Double.random(in: 0..<1))
        return Timestamp.now.advanced(by: interval)
    }
}

// MARK: Waiting

extension JobScheduler {
    private func sleepUntilSomethingIsDue(in group: inout DiscardingTaskGroup) async {
        let isBusy = schedule.workingCount >= concurrency
        let next = schedule.nextDue
        if isStopping || (!isBusy && next.map { $0 <= .now } == true) { return }
        if !isBusy, let next { arm(next, in: &group) }
        await withCheckedContinuation { sleeper = $0 }
    }

    private func arm(_ moment: Timestamp, in group: inout DiscardingTaskGroup) {
        if let armedAlarm, armedAlarm <= moment { return }
        armedAlarm = moment
        group.addTask { await self.ring(at: moment) }
    }

    private func ring(at moment: Timestamp) async {
        do {
            try await Task.sleep(for: moment.duration(since: .now))
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
