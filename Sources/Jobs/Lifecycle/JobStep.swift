import Identifiers

/// One event's work on one job: a function an event, each of which checks that the event belongs to the job's stage.
struct JobStep {
    let before: Job
    var job: Job
    let moment: Moment
    let policy: RetryPolicy

    init(job: Job, moment: Moment, policy: RetryPolicy) {
        before = job
        self.job = job
        self.moment = moment
        self.policy = policy
    }

    var isCancelling: Bool { job.cancellation != .none }
}

// MARK: Wishes

extension JobStep {
    mutating func cancelRequested() -> Transition {
        if job.status.isTerminal { return .refused(.alreadyEnded(job.status)) }
        if isCancelling { return .refused(.alreadyCancelling) }
        job.cancellation = .requested
        switch job.stage {
        case .recorded, .built, .processing, .ready: return end(.cancelled, .cancelRequested)
        case .uploading, .submitting:
            job.notBefore = job.notBefore.map { min($0, settled) }
            return .moved(job, [.cancelRequested])
        case .submitted, .ended:
            job.notBefore = nil
            return .moved(job, [.cancelRequested])
        }
    }

    mutating func keyReplaced() -> Transition {
        guard case .key = job.obstacle else { return .unchanged }
        clearObstacle()
        return .moved(job, [.resumed])
    }
}

// MARK: Moving on, waiting, ending

extension JobStep {
    /// What stood in the way is gone, and the tries are counted anew.
    mutating func clearObstacle() {
        job.failedTries = 0
        job.notBefore = nil
        job.obstacle = nil
    }

    /// When a request that is made now has arrived, or never will.
    var settled: Timestamp { moment.now.advanced(by: policy.settleTime) }

    /// The intent of a call that makes something, to be committed before it.
    mutating func begin(_ intent: Job.Stage, _ happening: Happening) -> Transition {
        job.stage = intent
        job.notBefore = nil
        return .moved(job, job.obstacle == nil ? [happening] : [])
    }

    /// The next stage, with nothing in the way.
    mutating func progress(to stage: Job.Stage, _ happenings: [Happening]) -> Transition {
        job.stage = stage
        clearObstacle()
        return .moved(job, happenings)
    }

    /// The end, with what has been made until now.
    mutating func end(_ outcome: Job.Outcome, _ happenings: Happening...) -> Transition {
        end(outcome, happenings)
    }

    /// The end, with what has been made until now.
    mutating func end(_ outcome: Job.Outcome, _ happenings: [Happening]) -> Transition {
        job.stage = .ended(outcome, job.artifacts)
        job.unknownStatus = nil
        clearObstacle()
        return .moved(job, happenings + [.ended(outcome)])
    }

    /// Another try, when the error says that it makes sense.
    mutating func retry(after error: ProviderError) -> Transition {
        if case .unauthorized(let complaint) = error { return waitForKey(complaint) }
        return retry(.fault(error.complaint.message), atLeast: error.retryAfter)
    }

    private mutating func waitForKey(_ complaint: ProviderComplaint) -> Transition {
        let isNews = job.obstacle != .key(complaint.message)
        job.obstacle = .key(complaint.message)
        job.notBefore = moment.now.advanced(by: policy.keyRecheck)
        return .moved(job, isNews ? [.waitingForKey(complaint)] : [])
    }

    /// Another try, the later the more have failed. Users are told of an obstacle once.
    mutating func retry(_ obstacle: Job.Obstacle, atLeast: Duration? = nil) -> Transition {
        let isNews = !obstacle.isKnown(after: job.obstacle)
        job.failedTries += 1
        let delay = max(policy.delay(tries: job.failedTries, jitter: moment.jitter), atLeast ?? .zero)
        job.obstacle = obstacle.waiting(delay)
        job.notBefore = moment.now.advanced(by: delay)
        return .moved(job, isNews ? [.waiting(reason: obstacle.reason, delay: delay)] : [])
    }
}
