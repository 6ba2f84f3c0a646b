import Identifiers
import Jobs
import Logging
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
        case .findJob: try await findJob()
        case .poll(let job): try await poll(job)
        case .cancelJob(let job):
            try await inquire { () async throws(ProviderError) in
                .cancelAnswered(try await provider.cancelJob(job, as: account))
            }
        }
    }

    private func find(_ dataset: Dataset, _ role: DatasetRole) async throws(ProviderError) -> JobEvent {
        let files = try await provider.files(
            named: finetuning.remoteFileName(of: dataset, role), byteCount: dataset.byteCount, as: account)
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
        return try await make(.uploadBegun) {
            let answer = await heard { () async throws(ProviderError) in
                try await provider.upload(dataset, named: finetuning.remoteFileName(of: dataset, role), as: account)
            }
            return try await keep(answer.map { .uploaded($0) }, failing: JobEvent.uploadFailed)
        }
    }

    // A state that was put back from a backup knows less than the provider does: the job may be there, though nothing
    // on record says that it was asked for. So it is looked for each time before one is made.
    private func submit(_ files: SentFiles) async throws -> JobWork.Outcome {
        switch await knownJob() {
        case .success(nil): try await make(.submitBegun) { try await createJob(from: files) }
        case .success(let known?):
            try await make(.submitBegun) { try await adopt(known) }
        case .failure(let error): try await keep(.failure(error), failing: JobEvent.inquiryFailed)
        }
    }

    private func createJob(from files: SentFiles) async throws -> JobWork.Outcome {
        let request = ProviderJobRequest(
            finetuning: finetuning.id, datasetSHA256: files.training.dataset.sha256,
            model: finetuning.baseModel.name, trainingFile: files.training.id, validationFile: files.validation?.id,
            suffix: finetuning.alias, parameters: finetuning.baseModel.parameters.resolved,
            seed: finetuning.lineage.seed)
        let answer = await heard { () async throws(ProviderError) in
            try await provider.createJob(request, as: account)
        }
        return try await keep(answer.map { .submitted($0) }, failing: JobEvent.submitFailed)
    }

    // The intent is on disk before the call, and the call is not made if the intent no longer holds: the job may
    // have been cancelled since it was read.
    private func make(
        _ intent: JobEvent, _ call: () async throws -> JobWork.Outcome
    ) async throws -> JobWork.Outcome {
        let begun = try await work.transition(intent, of: finetuning)
        guard case .moved = begun.transition else { return .worked(begun.finetuning, isNews: false) }
        return try await call()
    }
}

// MARK: Calls that make nothing

extension ProviderCall {
    private func inquire(_ call: () async throws(ProviderError) -> JobEvent) async throws -> JobWork.Outcome {
        try await keep(await heard(call), failing: JobEvent.inquiryFailed)
    }

    private func findJob() async throws -> JobWork.Outcome {
        switch await knownJob() {
        case .success(nil): try await work.apply(.jobFound(nil), to: finetuning)
        case .success(let known?): try await adopt(known)
        case .failure(let error): try await keep(.failure(error), failing: JobEvent.inquiryFailed)
        }
    }

    private func knownJob() async -> Result<ProviderJob?, ProviderError> {
        await heard { () async throws(ProviderError) in
            try await provider.jobs(of: finetuning.id, as: account).first
        }
    }

    // One that is over is not looked at again, so what the provider tells of it is asked for now.
    private func adopt(_ job: ProviderJob) async throws -> JobWork.Outcome {
        let news: ProviderNews = job.isOver ? try await news(of: job) : .none
        if Task.isCancelled { return .dropped }
        return try await work.apply(.jobFound(job), to: finetuning, also: news)
    }

    private func poll(_ id: ProviderJobID) async throws -> JobWork.Outcome {
        let answer = await heard { () async throws(ProviderError) in try await provider.job(id, as: account) }
        switch answer {
        case .success(let job):
            // Its events are asked for after the job: whatever it went through by then is among them.
            let news = try await news(of: job)
            if Task.isCancelled { return .dropped }
            return try await work.apply(.polled(job), to: finetuning, also: news)
        case .failure(let error): return try await keep(.failure(error), failing: JobEvent.inquiryFailed)
        }
    }
}

// MARK: What is answered

extension ProviderCall {
    private func heard<Answer>(
        _ call: () async throws(ProviderError) -> Answer
    ) async -> Result<Answer, ProviderError> {
        work.providers.noteCall(to: provider.name, at: .steady)
        defer { work.providers.noteEndOfCall(to: provider.name, at: .steady) }
        do {
            let answer = try await call()
            work.providers.noteAnswer(of: provider.name, as: account)
            return .success(answer)
        } catch {
            note(error)
            return .failure(error)
        }
    }

    private func keep(
        _ answer: Result<JobEvent, ProviderError>, failing failure: (ProviderError) -> JobEvent
    ) async throws -> JobWork.Outcome {
        switch answer {
        case .success(let event): return try await work.apply(event, to: finetuning)
        case .failure where Task.isCancelled: return .dropped
        case .failure(let error): return try await work.apply(failure(error), to: finetuning)
        }
    }

    private func note(_ error: ProviderError) {
        work.providers.note(error, of: provider.name, as: account, at: .steady)
    }
}

// MARK: What a job tells besides its status

extension ProviderCall {
    private static let lastTries = 4

    private func news(of job: ProviderJob) async throws -> ProviderNews {
        let last = try await work.store.lastProviderEventID(of: finetuning.id)
        let events = await list("events", of: job) { () async throws(ProviderError) in
            try await provider.events(of: job.id, after: last, as: account)
        }
        guard !events.isEmpty || job.isOver else { return .none }
        let checkpoints = await list("checkpoints", of: job) { () async throws(ProviderError) in
            try await provider.checkpoints(of: job.id, as: account)
        }
        return ProviderNews(events: events, checkpoints: checkpoints)
    }

    // A service may not have these lists, and what is wrong with them says nothing of the job. While it goes on, the
    // next poll brings what is missing; once it is over there is none, and the lists are asked for some times more.
    private func list<Item: Sendable>(
        _ name: String, of job: ProviderJob, _ ask: () async throws(ProviderError) -> [Item]
    ) async -> [Item] {
        var tries = 1
        while true {
            do {
                let items = try await ask()
                work.providers.noteAnswer(of: provider.name, as: account)
                return items
            } catch {
                note(error)
                guard job.isOver, error.mayPass, tries < Self.lastTries, await pause(afterTries: tries) else {
                    work.logger.log(
                        level: job.isOver ? .warning : .debug,
                        "the job's \(name) cannot be read: \(error.complaint.message)",
                        metadata: ["job": "\(finetuning.id)"])
                    return []
                }
                tries += 1
            }
        }
    }

    private func pause(afterTries tries: Int) async -> Bool {
        let retries = work.pacings[provider.name].retries
        do {
            try await Task.sleep(for: retries.delay(tries: tries, jitter: Double.random(in: 0..<1)))
            return true
        } catch {
            return false
        }
    }
}

extension ProviderError {
    fileprivate var mayPass: Bool {
        switch self {
        case .unavailable, .answerLost, .unauthorized: true
        case .refused, .cancelled: false
        }
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
