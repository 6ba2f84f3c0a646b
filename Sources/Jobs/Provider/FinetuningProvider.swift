package import Identifiers

/// A company or cluster that fine-tunes models: what the job engine asks of it.
///
/// An adapter declares in `capabilities` what it can do and within which limits; the engine never asks it by
/// name. Every call may be made many times at once, from any task, and ends early when its task is cancelled.
///
/// A call that makes something (`upload`, `createJob`) is made once. When its answer is lost the engine does
/// not call again before it looked with `files(named:byteCount:)` or `jobs(of:)`.
package protocol FinetuningProvider: Sendable {
    /// The name that `base_llm.model_provider` carries.
    var name: ProviderName { get }
    /// Where programs that ask its models by themselves find it: `https://api.openai.com/v1`.
    var baseURL: String { get }
    /// Whether the daemon has a key of its own for it.
    var hasKey: Bool { get }
    /// What it can do, and within which limits.
    var capabilities: ProviderCapabilities { get }

    /// Sends a training or validation file, streamed from disk, under `name`.
    func upload(_ dataset: Dataset, named name: String, as account: ProviderAccount) async throws(ProviderError)
        -> ProviderFile
    /// The file with this id. A file that is not there is `.refused` with `isMissing`.
    func file(_ id: ProviderFileID, as account: ProviderAccount) async throws(ProviderError) -> ProviderFile
    /// Every file for fine-tuning of exactly this name and size, all pages, oldest first.
    func files(named name: String, byteCount: Int, as account: ProviderAccount) async throws(ProviderError)
        -> [ProviderFile]
    /// Removes a file. One that is gone already is removed.
    func deleteFile(_ id: ProviderFileID, as account: ProviderAccount) async throws(ProviderError)

    /// Starts a job. This is the call that costs money.
    func createJob(_ request: ProviderJobRequest, as account: ProviderAccount) async throws(ProviderError)
        -> ProviderJob
    /// The job with this id.
    func job(_ id: ProviderJobID, as account: ProviderAccount) async throws(ProviderError) -> ProviderJob
    /// Every job that carries this finetuning's id in its metadata, all pages, oldest first. Whether another job may be
    /// asked for rests on this: a provider whose jobs cannot be found so cannot have an adapter.
    func jobs(of finetuning: ObjectID, as account: ProviderAccount) async throws(ProviderError) -> [ProviderJob]
    /// Asks for a job's end, and returns it as it is then. One that has ended already is returned as it ended.
    func cancelJob(_ id: ProviderJobID, as account: ProviderAccount) async throws(ProviderError) -> ProviderJob
    /// What the provider tells of a job after the event `last` (from the start: `nil`), oldest first, all pages.
    func events(of job: ProviderJobID, after last: ProviderEventID?, as account: ProviderAccount)
        async throws(ProviderError) -> [ProviderEvent]
    /// What the provider measured of a job so far, by step.
    func checkpoints(of job: ProviderJobID, as account: ProviderAccount) async throws(ProviderError)
        -> [ProviderCheckpoint]

    /// Asks a model once. `listener` gets the answer's text piece by piece while it comes, on a thread that must not
    /// be kept waiting; without one the answer comes whole.
    func complete(
        _ request: CompletionRequest, as account: ProviderAccount, telling listener: CompletionListener?
    ) async throws(ProviderError) -> Completion
}

/// Takes the next piece of an answer's text.
package typealias CompletionListener = @Sendable (String) -> Void

/// Whose key a call uses.
package enum ProviderAccount: Hashable, Sendable {
    /// The key that the daemon was started with.
    case daemon
    /// The key of this database connection, which wins over the daemon's.
    case own(Secret, of: ObjectID)
    /// The key of a connection that nothing opens: nothing is sent with it, and nothing is learnt of it.
    case unreadable
}

/// The name of a provider, as `base_llm.model_provider` writes it: `openai`.
package struct ProviderName: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: String
    /// Takes any name; whether a provider answers to it is the registry's to say.
    package init(rawValue: String) { self.rawValue = rawValue }
    /// The name itself.
    package var description: String { rawValue }
    /// OpenAI, and whatever speaks its contract at another address.
    package static let openAI = ProviderName(rawValue: "openai")
}

/// What a provider can do, and within which limits. Declared by its adapter.
package struct ProviderCapabilities: Hashable, Sendable {
    /// The fewest examples that a training file may have.
    package var minimumExamples: Int
    /// The fewest examples that a validation file may have.
    package var minimumValidationExamples: Int
    /// `n_epochs` within this range.
    package var epochs: ClosedRange<Int>
    /// `batch_size` within this range.
    package var batchSize: ClosedRange<Int>
    /// `learning_rate_multiplier` above zero and at most this.
    package var largestLearningRateMultiplier: Double
    /// Whether a job takes a validation file.
    package var takesValidationFile: Bool
    /// Whether a database connection's own key is meant for this provider. It is shown to no other.
    package var takesConnectionKeys: Bool

    /// Declares them all.
    package init(
        minimumExamples: Int, minimumValidationExamples: Int = 1, epochs: ClosedRange<Int>,
        batchSize: ClosedRange<Int>, largestLearningRateMultiplier: Double, takesValidationFile: Bool,
        takesConnectionKeys: Bool = true
    ) {
        self.minimumExamples = minimumExamples
        self.minimumValidationExamples = minimumValidationExamples
        self.epochs = epochs
        self.batchSize = batchSize
        self.largestLearningRateMultiplier = largestLearningRateMultiplier
        self.takesValidationFile = takesValidationFile
        self.takesConnectionKeys = takesConnectionKeys
    }
}
