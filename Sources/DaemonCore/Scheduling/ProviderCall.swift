import Identifiers
import Jobs
import Store

/// One action of a job that asks something of its provider.
struct ProviderCall: Sendable {
    let work: JobWork
    let finetuning: Jobs.Finetuning
    let provider: any FinetuningProvider
    let account: ProviderAccount

    /// Does the action, and keeps what came of it.
    func perform(_ action: JobAction) async throws -> JobWork.Outcome {
        switch action {
        case .buildDataset: preconditionFailure("no provider builds the training file")
        case .upload(let dataset, let role): try await upload(dataset, role)
        case .findFile(let dataset, let role):
            try await inquire { () async throws(ProviderError) in try await find(dataset, role) }
        case .checkFile(let file):
            try await inquire { () async throws(ProviderError) in
                .fileChecked(try await provider.file(file, as: account))
            }
        case .submit(let files): try await submit(files)
        case .findJob:
            try await inquire { () async throws(ProviderError) in
                .jobFound(try await provider.jobs(of: finetuning.id, as: account).first)
            }
        case .poll(let job): try await poll(job)
        case .cancelJob(let job):
            try await inquire { () async throws(ProviderError) in
                .cancelAnswered(try await provider.cancelJob(job, as: account))
            }
        }
    }

    private func find(_ dataset: Dataset, _ role: DatasetRole) async throws(ProviderError) -> JobEvent {
        let files = try await provider.files(
            named: finetuning.remoteFileName(of: role), byteCount: dataset.byteCount, as: account)
        return .fileFound(files.first)
    }
}

// MARK: Calls that make something

extension ProviderCall {
    private func upload(_ dataset: Dataset, _ role: DatasetRole) async throws -> JobWork.Outcome {
        let (files, id) = (work.files, finetuning.id)
        guard try await work.workers.run({ files.isComplete(id, role, byteCount: dataset.byteCount) }) else {
            return try await work.apply(.datasetFailed(reason: "the \(role.rawValue) file is gone"), to: finetuning)
        }
        return try await make(.uploadBegun) { () async throws(ProviderError) in
            .uploaded(try await provider.upload(dataset, named: finetuning.remoteFileName(of: role), as: account))
        } failing: {
            .uploadFailed($0)
        }
    }

    private func submit(_ files: SentFiles) async throws -> JobWork.Outcome {
        let request = ProviderJobRequest(
            finetuning: finetuning.id, datasetSHA256: files.training.dataset.sha256,
            model: finetuning.baseModel.name, trainingFile: files.training.id, validationFile: files.validation?.id,
            suffix: finetuning.alias, parameters: finetuning.baseModel.parameters.resolved,
            seed: finetuning.lineage.seed)
        return try await make(.submitBegun) { () async throws(ProviderError) in
            .submitted(try await provider.createJob(request, as: account))
        } failing: {
            .submitFailed($0)
        }
    }

    // The intent is on disk before the call, and the call is not made if the intent no longer holds: the job may
    // have been cancelled since it was read.
    private func make(
        _ intent: JobEvent, _ call: () async throws(ProviderError) -> JobEvent,
        failing failure: (ProviderError) -> JobEvent
    ) async throws -> JobWork.Outcome {
        let begun = try await work.transition(intent, of: finetuning)
        guard case .moved = begun.transition else { return .worked(begun.finetuning, isNews: false) }
        let event: JobEvent
        do {
            event = try await call()
            work.providers.noteAnswer(of: provider.name)
        } catch {
            note(error)
            if Task.isCancelled { return .dropped }
            event = failure(error)
        }
        return try await work.apply(event, to: finetuning)
    }
}

// MARK: Calls that make nothing

extension ProviderCall {
    private func inquire(_ call: () async throws(ProviderError) -> JobEvent) async throws -> JobWork.Outcome {
        let event: JobEvent
        do {
            event = try await call()
            work.providers.noteAnswer(of: provider.name)
        } catch {
            note(error)
            if Task.isCancelled { return .dropped }
            event = .inquiryFailed(error)
        }
        return try await work.apply(event, to: finetuning)
    }

    private func poll(_ id: ProviderJobID) async throws -> JobWork.Outcome {
        let last = try await work.store.lastProviderEventID(of: finetuning.id)
        let job: ProviderJob
        let news: ProviderNews
        do {
            // The job is asked for before its events: whatever it went through by then is among them.
            job = try await provider.job(id, as: account)
            let events = try await provider.events(of: id, after: last, as: account)
            let checkpoints = events.isEmpty && !job.isOver ? [] : try await provider.checkpoints(of: id, as: account)
            news = ProviderNews(events: events, checkpoints: checkpoints)
            work.providers.noteAnswer(of: provider.name)
        } catch {
            note(error)
            if Task.isCancelled { return .dropped }
            return try await work.apply(.inquiryFailed(error), to: finetuning)
        }
        return try await work.apply(.polled(job), to: finetuning, also: news)
    }

    private func note(_ error: ProviderError) {
        work.providers.note(error, of: provider.name, as: account, at: .steady)
    }
}

extension ProviderJob {
    fileprivate var isOver: Bool {
        switch phase {
        case .succeeded, .failed, .cancelled: true
        case .validatingFiles, .queued, .running, .unknown: false
        }
    }
}
