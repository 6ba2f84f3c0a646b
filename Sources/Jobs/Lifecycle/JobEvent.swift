package import Identifiers

/// What happened to a job: a user's wish, or the result of an action.
package enum JobEvent: Hashable, Sendable {
    /// The training file is on disk, and the validation file where records are held out, without the records that
    /// turned out to fit neither.
    case datasetBuilt(Dataset, validation: Dataset? = nil, leavingOut: LeftOutRecords? = nil)
    /// No such files can be made from these records, ever.
    case datasetImpossible(JobFailure)
    /// A file could not be made now, or is gone: the disk is full, somebody removed it.
    case datasetFailed(reason: String)

    /// The upload is about to start.
    case uploadBegun
    /// The provider has the file.
    case uploaded(ProviderFile)
    /// The upload gave no answer, or a refusal.
    case uploadFailed(ProviderError)
    /// The provider was searched for the file: what was found.
    case fileFound(ProviderFile?)
    /// The provider was asked about the file.
    case fileChecked(ProviderFile)

    /// The provider is about to be asked for a job.
    case submitBegun
    /// The provider made the job.
    case submitted(ProviderJob)
    /// The request for a job gave no answer, or a refusal.
    case submitFailed(ProviderError)
    /// The provider was searched for the job: what was found.
    case jobFound(ProviderJob?)

    /// The provider told how the job is.
    case polled(ProviderJob)
    /// A question that makes nothing (a search, a check, a poll, a cancel) gave no answer, or a refusal.
    case inquiryFailed(ProviderError)

    /// The user wants the job to end.
    case cancelRequested
    /// The provider took the wish to cancel.
    case cancelAnswered(ProviderJob)
    /// The daemon has new keys, or the provider's are known to work again.
    case keyReplaced
}

/// What an event did to a job.
package enum Transition: Hashable, Sendable {
    /// The job is now this, and these things are to be told, in one transaction.
    case moved(Job, [Happening])
    /// Nothing to store: the event says what is known, or comes too late.
    case unchanged
    /// A user's wish that cannot be met.
    case refused(Refusal)

    /// Why a wish cannot be met.
    package enum Refusal: Hashable, Sendable {
        /// The job is over already.
        case alreadyEnded(FinetuningStatus)
        /// The job's cancellation was asked for before.
        case alreadyCancelling
    }
}

/// When an event came, and the luck that spreads retries: all of the world that the state machine sees.
package struct Moment: Hashable, Sendable {
    /// Now.
    package var now: Timestamp
    /// From 0 up to, not including, 1; drawn anew for every event.
    package var jitter: Double

    /// A moment.
    package init(now: Timestamp, jitter: Double) {
        self.now = now
        self.jitter = jitter
    }
}
