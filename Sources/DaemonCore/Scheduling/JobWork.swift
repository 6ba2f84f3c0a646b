import FinetuneAPI
import Identifiers
import Jobs
import Logging
import Store
import TrainingData

/// Does the next piece of work of one job: the I/O between two states of the state machine.
///
/// Whatever is done, the state machine decides what it means, and one transaction keeps it. When the daemon ends,
/// a call under way is cancelled and nothing is written: the intent that was committed before it says where to look.
struct JobWork: Sendable {
    let store: StateStore
    let secrets: SecretBox
    let providers: ProviderRegistry
    let live: LiveFinetunings
    let workers: WorkerThreads
    let files: TrainingFiles
    let pacings: ProviderPacings
    let logger: Logger

    /// What came of a piece of work.
    enum Outcome: Sendable {
        /// The job as it is now, and whether anything is new.
        case worked(Jobs.Finetuning, isNews: Bool)
        /// The provider is left alone until this moment, of `Timestamp.steady`.
        case heldOff(until: Timestamp)
        /// The job is gone, or the daemon ends.
        case dropped
    }

    /// Does what `finetuning` asks for next.
    func work(on finetuning: Jobs.Finetuning) async throws -> Outcome {
        guard let action = finetuning.job.nextAction else { return .dropped }
        if case .buildDataset = action {
            return try await apply(try await datasetEvent(of: finetuning), to: finetuning)
        }
        let name = finetuning.baseModel.provider
        if let until = providers.holdOff(name, at: .steady) { return .heldOff(until: until) }
        defer { providers.noteEndOfWork(with: name, at: .steady) }
        return try await call(for: finetuning).perform(action)
    }

    private func call(for finetuning: Jobs.Finetuning) async throws -> ProviderCall {
        let name = finetuning.baseModel.provider
        let connection = try await store.connection(finetuning.connectionID)
        guard let provider = providers[name] else {
            let complaint = ProviderComplaint("the configuration has no provider \(name) any more")
            return call(for: finetuning, .failing(name, .unavailable(complaint, retryAfter: nil)), .daemon)
        }
        do {
            return call(for: finetuning, provider, try account(of: connection, at: provider))
        } catch {
            let complaint = ProviderComplaint("\(error). \(error.remedy)")
            return call(for: finetuning, .failing(name, .unauthorized(complaint)), .unreadable)
        }
    }

    private func call(
        for finetuning: Jobs.Finetuning, _ provider: any FinetuningProvider, _ account: ProviderAccount
    ) -> ProviderCall {
        ProviderCall(work: self, finetuning: finetuning, provider: provider, account: account)
    }

    /// Tells the state machine what happened to a job, and everybody else what came of it.
    func apply(
        _ event: JobEvent, to finetuning: Jobs.Finetuning, also news: ProviderNews = .none
    ) async throws -> Outcome {
        let applied = try await transition(event, of: finetuning, also: news)
        return .worked(applied.finetuning, isNews: !applied.events.isEmpty)
    }

    /// The same, for those who need to know what the state machine decided.
    func transition(
        _ event: JobEvent, of finetuning: Jobs.Finetuning, also news: ProviderNews = .none,
        keeping reply: ReplyKeeping<AppliedTransition>? = nil
    ) async throws -> AppliedTransition {
        let moment = Moment(now: .now, jitter: Double.random(in: 0..<1))
        let live = live
        let applied = try await store.apply(
            event, to: finetuning.id, at: moment, policy: pacings[finetuning.baseModel.provider].retries, also: news,
            keeping: reply,
            whenCommitted: { live.applied($0) })
        for event in applied.events { log(event, of: finetuning.id) }
        return applied
    }

    private func log(_ event: RecordedEvent, of id: ObjectID) {
        let level: Logger.Level =
            switch event.level {
            // Metrics come by the hundred; their place is the events.
            case .info: event.name == Happening.Name.metrics.rawValue ? .debug : .info
            case .warning: .warning
            case .error: .error
            }
        logger.log(level: level, "\(event.message)", metadata: ["job": "\(id)", "event": "\(event.name)"])
    }

    /// Whose key pays for what a connection's finetunings need at a provider.
    func account(
        of connection: TrainingData.DatabaseConnection, at provider: any FinetuningProvider
    ) throws(SecretBoxError) -> ProviderAccount {
        try ProviderAccounts(store: store, secrets: secrets).account(of: connection, at: provider)
    }
}
