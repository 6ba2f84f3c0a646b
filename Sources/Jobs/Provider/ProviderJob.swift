package import Identifiers

/// A job's id at its provider: `ftjob-…`.
package struct ProviderJobID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: String
    /// Takes the provider's word.
    package init(rawValue: String) { self.rawValue = rawValue }
    /// The id itself.
    package var description: String { rawValue }
}

/// What a job is to be made from.
package struct ProviderJobRequest: Hashable, Sendable {
    /// The finetuning that it is for; goes into the job's metadata, by which `jobs(of:)` finds it.
    package var finetuning: ObjectID
    /// The SHA-256 of the training file, in hexadecimal digits; goes into the metadata too.
    package var datasetSHA256: String
    /// The model to start from.
    package var model: ProviderModelID
    /// The uploaded training file.
    package var trainingFile: ProviderFileID
    /// The uploaded validation file; only for a provider that takes one.
    package var validationFile: ProviderFileID?
    /// A wish for the tuned model's name, cut to the provider's limit by the adapter.
    package var suffix: String
    /// All parameters, defaults filled in.
    package var parameters: ResolvedParameters
    /// The number from which the provider draws what training leaves to chance.
    package var seed: Int

    /// A request.
    package init(
        finetuning: ObjectID, datasetSHA256: String, model: ProviderModelID, trainingFile: ProviderFileID,
        validationFile: ProviderFileID? = nil, suffix: String, parameters: ResolvedParameters, seed: Int
    ) {
        self.finetuning = finetuning
        self.datasetSHA256 = datasetSHA256
        self.model = model
        self.trainingFile = trainingFile
        self.validationFile = validationFile
        self.suffix = suffix
        self.parameters = parameters
        self.seed = seed
    }
}

/// A job as its provider has it.
package struct ProviderJob: Hashable, Sendable {
    /// Where a job is, in words that all providers share. The adapter maps its own onto them.
    package enum Phase: Hashable, Sendable {
        /// The provider checks the files.
        case validatingFiles
        /// It waits its turn.
        case queued
        /// It trains.
        case running
        /// It trained a model with this id.
        case succeeded(model: ProviderModelID)
        /// It failed for good.
        case failed(ProviderComplaint)
        /// It was cancelled.
        case cancelled
        /// A word that the adapter does not know; the job is not over as far as we can tell.
        case unknown(word: String)
    }

    /// Its id.
    package var id: ProviderJobID
    /// Where it is.
    package var phase: Phase
    /// The file that it trains on, as the provider tells.
    package var trainingFile: ProviderFileID?
    /// The tokens that it trained on and bills, all epochs together; most providers say so at the end.
    package var trainedTokens: Int?

    /// A job.
    package init(
        id: ProviderJobID, phase: Phase, trainingFile: ProviderFileID? = nil, trainedTokens: Int? = nil
    ) {
        self.id = id
        self.phase = phase
        self.trainingFile = trainingFile
        self.trainedTokens = trainedTokens
    }
}
