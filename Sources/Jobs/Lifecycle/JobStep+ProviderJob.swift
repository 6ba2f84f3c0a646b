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

// MARK: Following it

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
}
