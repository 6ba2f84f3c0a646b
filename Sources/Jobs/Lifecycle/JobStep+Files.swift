import Identifiers

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
