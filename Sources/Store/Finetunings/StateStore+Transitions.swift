import GRDB
package import Identifiers
package import Jobs

/// What a provider told of a job besides its status.
package struct ProviderNews: Hashable, Sendable {
    /// What happened, oldest first; those that are known already may be among them.
    package var events: [ProviderEvent]
    /// All that it measured, or what is new of it.
    package var checkpoints: [ProviderCheckpoint]

    /// News; none unless given.
    package init(events: [ProviderEvent] = [], checkpoints: [ProviderCheckpoint] = []) {
        self.events = events
        self.checkpoints = checkpoints
    }

    /// No news.
    package static let none = ProviderNews()
}

/// What an event did, as it was committed.
package struct AppliedTransition: Hashable, Sendable {
    /// What the state machine made of the event.
    package let transition: Transition
    /// The finetuning after it.
    package let finetuning: Finetuning
    /// The events that were stored with it, in order. Callers that share a finetuning may be told of theirs in
    /// any order; the sequence numbers tell which come first, and whether one is missing between.
    package let events: [RecordedEvent]
}

extension StateStore {
    /// Applies an event to a finetuning's job: reads the job, lets the state machine decide, and stores the new
    /// job, what happened and the provider's news in one transaction. Where nothing changes, nothing is written.
    ///
    /// The news comes before what the event makes happen, so that the end of a job is the last of its events.
    /// What the provider has from now on is entered into the ledger in that transaction too. Throws `notFound`.
    /// `whenCommitted` is called before anybody can read what changed.
    package func apply(
        _ event: JobEvent, to id: ObjectID, at moment: Moment, policy: RetryPolicy, also news: ProviderNews = .none,
        keeping reply: ReplyKeeping<AppliedTransition>? = nil,
        whenCommitted: @escaping @Sendable (AppliedTransition) -> Void = { _ in }
    ) async throws(StoreError) -> AppliedTransition {
        let applied = try await write(keeping: reply, whenCommitted: whenCommitted) { db in
            var finetuning = try db.finetuning(id)
            let transition = finetuning.job.applying(event, at: moment, policy: policy)
            var happenings = news.events.map(Happening.providerEvent)
            if case .moved(let job, let own) = transition {
                finetuning.job = job
                finetuning.updatedAt = moment.now
                try db.updateJob(of: finetuning)
                try db.updateSpending(of: finetuning)
                try db.enter(own, of: finetuning, at: moment.now)
                happenings += own
            }
            try db.upsert(news.checkpoints, of: id)
            let events = try db.append(happenings, to: id, at: moment.now)
            if let step = FailPoint.Step(event, transition) { FailPoint.pass(step, .before) }
            return AppliedTransition(transition: transition, finetuning: finetuning, events: events)
        }
        if let step = FailPoint.Step(event, applied.transition) { FailPoint.pass(step, .after) }
        return applied
    }
}

extension Database {
    private static let jobUpdate =
        "UPDATE finetunings SET updated_at = :updated_at, "
        + Job.columnNames.map { "\($0) = :\($0)" }.joined(separator: ", ") + " WHERE id = :id"

    fileprivate func updateJob(of finetuning: Finetuning) throws {
        var columns = finetuning.job.columns
        columns["id"] = finetuning.id
        columns["updated_at"] = finetuning.updatedAt
        try run(Self.jobUpdate, StatementArguments(columns))
    }
}
