import Identifiers

extension Job {
    /// What `event` makes of this job. Decides alone and does nothing: the caller stores the result.
    ///
    /// An event that does not belong to the stage (a late answer, a second delivery) leaves the job unchanged.
    package func applying(_ event: JobEvent, at moment: Moment, policy: RetryPolicy) -> Transition {
        var step = JobStep(job: self, moment: moment, policy: policy)
        return switch event {
        case .datasetBuilt(let training, let validation, let leftOut):
            step.datasetBuilt(training, validation, leavingOut: leftOut)
        case .datasetImpossible(let failure): step.datasetImpossible(failure)
        case .datasetFailed(let reason): step.datasetFailed(reason)
        case .uploadBegun: step.uploadBegun()
        case .uploaded(let file): step.uploaded(file)
        case .uploadFailed(let error): step.uploadFailed(error)
        case .fileFound(let file): step.fileFound(file)
        case .fileChecked(let file): step.fileChecked(file)
        case .submitBegun: step.submitBegun()
        case .submitted(let job): step.submitted(job)
        case .submitFailed(let error): step.submitFailed(error)
        case .jobFound(let job): step.jobFound(job)
        case .polled(let job): step.polled(job)
        case .inquiryFailed(let error): step.inquiryFailed(error)
        case .cancelRequested: step.cancelRequested()
        case .cancelAnswered(let job): step.cancelAnswered(job)
        case .keyReplaced: step.keyReplaced()
        }
    }
}

/// One event's work on one job.
private struct JobStep {
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

// MARK: The files

extension JobStep {
    mutating func datasetBuilt(
        _ training: Dataset, _ validation: Dataset?, leavingOut leftOut: LeftOutRecords?
    ) -> Transition {
        guard case .recorded = job.stage else { return .unchanged }
        let news: [Happening?] = [
            leftOut.map { .recordsLeftOut($0) }, .trainingFileBuilt(training),
            validation.map { .validationFileBuilt($0) },
        ]
        return progress(to: .built(.training(training, validation: validation)), news.compactMap(\.self))
    }

    mutating func datasetImpossible(_ failure: JobFailure) -> Transition {
        guard case .recorded = job.stage else { return .unchanged }
        return end(.failed(failure))
    }

    // Files of which one is gone are built again. Its upload has not begun; the training file may be at the provider
    // already, and is sent once more then, as the new files may differ from it.
    mutating func datasetFailed(_ reason: String) -> Transition {
        switch job.stage {
        case .recorded: return retry(.fault(reason))
        case .built, .uploading:
            if isCancelling { return end(.cancelled) }
            job.stage = .recorded
            return retry(.fault(reason))
        case .processing, .ready, .submitting, .submitted, .ended: return .unchanged
        }
    }
}

// MARK: The upload

extension JobStep {
    mutating func uploadBegun() -> Transition {
        guard case .built(let upload) = job.stage else { return .unchanged }
        return begin(.uploading(upload), .uploadStarted(upload.role, upload.dataset))
    }

    mutating func uploaded(_ file: ProviderFile) -> Transition {
        guard case .uploading(let upload) = job.stage else { return .unchanged }
        return has(file, upload, .fileUploaded(upload.role, file.id))
    }

    mutating func uploadFailed(_ error: ProviderError) -> Transition {
        guard case .uploading(let upload) = job.stage else { return .unchanged }
        switch error {
        case .answerLost, .cancelled: return retry(after: error)
        case .refused(let complaint):
            return isCancelling ? end(.cancelled) : end(.failed(JobFailure(complaint, fallback: "upload_refused")))
        case .unavailable, .unauthorized:
            job.stage = .built(upload)
            return isCancelling ? end(.cancelled) : retry(after: error)
        }
    }

    mutating func fileFound(_ file: ProviderFile?) -> Transition {
        guard case .uploading(let upload) = job.stage else { return .unchanged }
        if let file { return has(file, upload, .fileAdopted(upload.role, file.id)) }
        return foundNothing("\(upload.role.rawValue) file", goingBackTo: .built(upload))
    }

    mutating func fileChecked(_ file: ProviderFile) -> Transition {
        guard case .processing(let upload, let id) = job.stage, file.id == id else { return .unchanged }
        switch file.readiness {
        case .ready: return progress(to: upload.stage(takenAs: id), [.fileReady(upload.role, id)])
        case .unusable(let reason): return end(.failed(.unusable(upload.role, reason)))
        case .pending:
            job.failedTries += 1
            job.obstacle = nil
            // Providers have stopped maintaining a file's status: after a while its job is asked for all the same.
            if job.failedTries > policy.fileChecks {
                return progress(to: upload.stage(takenAs: id), [.fileReady(upload.role, id)])
            }
            job.notBefore = moment.now.advanced(by: policy.delay(tries: job.failedTries, jitter: moment.jitter))
            return .moved(job, [])
        }
    }

    private mutating func has(_ file: ProviderFile, _ upload: Upload, _ happening: Happening) -> Transition {
        job.stage = .processing(upload, file.id)
        if isCancelling { return end(.cancelled, happening) }
        switch file.readiness {
        case .ready: return progress(to: upload.stage(takenAs: file.id), [happening])
        case .pending: return progress(to: .processing(upload, file.id), [happening])
        case .unusable(let reason): return end(.failed(.unusable(upload.role, reason)), happening)
        }
    }
}

extension Upload {
    /// What follows once the provider takes the file: the other file's turn, or the job's.
    fileprivate func stage(takenAs id: ProviderFileID) -> Job.Stage {
        switch self {
        case .training(let dataset, let validation?): .built(.validation(validation, after: SentFile(dataset, id)))
        case .training(let dataset, nil): .ready(SentFiles(training: SentFile(dataset, id)))
        case .validation(let dataset, let training):
            .ready(SentFiles(training: training, validation: SentFile(dataset, id)))
        }
    }
}

// MARK: The provider's job

extension JobStep {
    mutating func submitBegun() -> Transition {
        guard case .ready(let files) = job.stage else { return .unchanged }
        return begin(.submitting(files), .submitStarted)
    }

    mutating func submitted(_ remote: ProviderJob) -> Transition {
        guard case .submitting = job.stage else { return .unchanged }
        return has(remote, [.jobCreated(remote.id)])
    }

    mutating func submitFailed(_ error: ProviderError) -> Transition {
        guard case .submitting(let files) = job.stage else { return .unchanged }
        switch error {
        case .answerLost, .cancelled: return retry(after: error)
        case .refused(let complaint):
            return isCancelling ? end(.cancelled) : end(.failed(JobFailure(complaint, fallback: "job_refused")))
        case .unavailable, .unauthorized:
            job.stage = .ready(files)
            return isCancelling ? end(.cancelled) : retry(after: error)
        }
    }

    mutating func jobFound(_ remote: ProviderJob?) -> Transition {
        guard case .submitting(let files) = job.stage else { return .unchanged }
        if let remote { return has(remote, [.jobAdopted(remote.id)] + strayFile(of: remote, besides: files)) }
        return foundNothing("job", goingBackTo: .ready(files))
    }

    // Nothing that is at the provider may stay unseen.
    private func strayFile(of remote: ProviderJob, besides files: SentFiles) -> [Happening] {
        guard let file = remote.trainingFile, file != files.training.id else { return [] }
        return [.fileFound(file)]
    }

    private mutating func has(_ remote: ProviderJob, _ happenings: [Happening]) -> Transition {
        guard case .submitting(let files) = job.stage else { return .unchanged }
        // Its users have seen `queued` until now, and still do where the provider's word is one we do not know.
        job.stage = .submitted(files, remote.id, .queued)
        return follow(remote, happenings)
    }
}

// MARK: Following the provider's job

extension JobStep {
    mutating func polled(_ remote: ProviderJob) -> Transition {
        guard case .submitted(_, let id, _) = job.stage, id == remote.id else { return .unchanged }
        return follow(remote, [])
    }

    mutating func cancelAnswered(_ remote: ProviderJob) -> Transition {
        guard case .submitted(_, let id, _) = job.stage, id == remote.id else { return .unchanged }
        if job.cancellation == .requested { job.cancellation = .delivered }
        return follow(remote, [])
    }

    private mutating func follow(_ remote: ProviderJob, _ happenings: [Happening]) -> Transition {
        job.trainedTokens = remote.trainedTokens ?? job.trainedTokens
        return switch remote.phase {
        case .validatingFiles: phase(.validatingFiles, happenings)
        case .queued: phase(.queued, happenings)
        case .running: phase(.running, happenings)
        case .succeeded(let model): end(.succeeded(model: model), happenings)
        case .failed(let complaint): end(.failed(JobFailure(complaint, fallback: "provider_job_failed")), happenings)
        case .cancelled: end(.cancelled, happenings)
        case .unknown(let word): unknown(word, happenings)
        }
    }

    private mutating func phase(_ phase: Job.RemotePhase, _ happenings: [Happening]) -> Transition {
        guard case .submitted(let files, let id, let known) = job.stage else { return .unchanged }
        var happenings = happenings
        job.unknownStatus = nil
        clearObstacle()
        job.stage = .submitted(files, id, phase)
        if phase != known || !happenings.isEmpty { happenings.append(.statusChanged(job.status)) }
        return moved(happenings)
    }

    private mutating func unknown(_ word: String, _ happenings: [Happening]) -> Transition {
        let isNews = job.unknownStatus != word
        job.unknownStatus = word
        clearObstacle()
        return moved(happenings + (isNews ? [.statusUnknown(word)] : []))
    }

    private func moved(_ happenings: [Happening]) -> Transition {
        job == before && happenings.isEmpty ? .unchanged : .moved(job, happenings)
    }

    mutating func inquiryFailed(_ error: ProviderError) -> Transition {
        switch job.stage {
        case .recorded, .ended: return .unchanged
        case .built, .uploading, .ready, .submitting: return retry(after: error)
        case .processing(let upload, _):
            return error.isMissing ? reportedMissing("\(upload.role.rawValue) file", error) : retry(after: error)
        case .submitted: return error.isMissing ? reportedMissing("job", error) : retry(after: error)
        }
    }
}

// MARK: What the provider does not show

extension JobStep {
    /// How long the provider has not shown it, one report after the other; `nil` where this is the first report in a
    /// row: failures of another kind before it say nothing of the object.
    private var missingFor: Duration? {
        if case .missing(_, let waited) = job.obstacle { waited } else { nil }
    }

    // A key of another project, or a fault of the provider, hides a job that trains on and is billed.
    private mutating func reportedMissing(_ what: String, _ error: ProviderError) -> Transition {
        let reason = "the provider no longer has the \(what): \(error.complaint.message)"
        guard let missingFor else {
            job.failedTries = 0
            return retry(.missing(reason, waited: .zero))
        }
        guard missingFor >= (isCancelling ? policy.settleTime : policy.missingTime) else {
            return retry(.missing(reason, waited: missingFor))
        }
        return end(isCancelling ? .cancelled : .failed(.missing(reason)))
    }

    // A first look may come before the request has arrived. That it was carried out is certain at once, that it was not
    // only after a second look, when it has arrived or never will.
    private mutating func foundNothing(_ what: String, goingBackTo stage: Job.Stage) -> Transition {
        if let missingFor, missingFor >= policy.settleTime {
            if isCancelling { return end(.cancelled) }
            job.stage = stage
            job.obstacle = nil
            job.notBefore = nil
            return .moved(job, [])
        }
        let reason = "the provider has no \(what) of the try before, which may still be on its way"
        return retry(.missing(reason, waited: .zero), atLeast: policy.settleTime)
    }
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
    private mutating func clearObstacle() {
        job.failedTries = 0
        job.notBefore = nil
        job.obstacle = nil
    }

    // When a request that is made now has arrived, or never will.
    private var settled: Timestamp { moment.now.advanced(by: policy.settleTime) }

    private mutating func begin(_ intent: Job.Stage, _ happening: Happening) -> Transition {
        job.stage = intent
        job.notBefore = nil
        return .moved(job, job.obstacle == nil ? [happening] : [])
    }

    private mutating func progress(to stage: Job.Stage, _ happenings: [Happening]) -> Transition {
        job.stage = stage
        clearObstacle()
        return .moved(job, happenings)
    }

    private mutating func end(_ outcome: Job.Outcome, _ happenings: Happening...) -> Transition {
        end(outcome, happenings)
    }

    private mutating func end(_ outcome: Job.Outcome, _ happenings: [Happening]) -> Transition {
        job.stage = .ended(outcome, job.artifacts)
        job.unknownStatus = nil
        clearObstacle()
        return .moved(job, happenings + [.ended(outcome)])
    }

    private mutating func retry(after error: ProviderError) -> Transition {
        if case .unauthorized(let complaint) = error { return waitForKey(complaint) }
        return retry(.fault(error.complaint.message), atLeast: error.retryAfter)
    }

    private mutating func waitForKey(_ complaint: ProviderComplaint) -> Transition {
        let isNews = job.obstacle != .key(complaint.message)
        job.obstacle = .key(complaint.message)
        job.notBefore = moment.now.advanced(by: policy.keyRecheck)
        return .moved(job, isNews ? [.waitingForKey(complaint)] : [])
    }

    private mutating func retry(_ obstacle: Job.Obstacle, atLeast: Duration? = nil) -> Transition {
        let isNews = !obstacle.isKnown(after: job.obstacle)
        job.failedTries += 1
        let delay = max(policy.delay(tries: job.failedTries, jitter: moment.jitter), atLeast ?? .zero)
        job.obstacle = obstacle.waiting(delay)
        job.notBefore = moment.now.advanced(by: delay)
        return .moved(job, isNews ? [.waiting(reason: obstacle.reason, delay: delay)] : [])
    }
}
