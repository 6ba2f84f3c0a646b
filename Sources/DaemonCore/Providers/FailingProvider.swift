import Identifiers
import Jobs

/// Stands in for a provider that cannot be called, so that its jobs wait as they do for one that is down: with an
/// obstacle that their users see, and pauses between the tries.
struct FailingProvider: FinetuningProvider {
    let name: ProviderName
    let error: ProviderError
    let baseURL = ""

    var capabilities: ProviderCapabilities {
        ProviderCapabilities(
            minimumExamples: 1, epochs: 1...1, batchSize: 1...1, largestLearningRateMultiplier: 1,
            takesValidationFile: false)
    }

    func upload(_ dataset: Dataset, named name: String, as account: ProviderAccount) throws(ProviderError)
        -> ProviderFile
    {
        throw error
    }

    func file(_ id: ProviderFileID, as account: ProviderAccount) throws(ProviderError) -> ProviderFile {
        throw error
    }

    func files(named name: String, byteCount: Int, as account: ProviderAccount) throws(ProviderError)
        -> [ProviderFile]
    {
        throw error
    }

    func deleteFile(_ id: ProviderFileID, as account: ProviderAccount) throws(ProviderError) {
        throw error
    }

    func createJob(_ request: ProviderJobRequest, as account: ProviderAccount) throws(ProviderError) -> ProviderJob {
        throw error
    }

    func job(_ id: ProviderJobID, as account: ProviderAccount) throws(ProviderError) -> ProviderJob {
        throw error
    }

    func jobs(of finetuning: ObjectID, as account: ProviderAccount) throws(ProviderError) -> [ProviderJob] {
        throw error
    }

    func cancelJob(_ id: ProviderJobID, as account: ProviderAccount) throws(ProviderError) -> ProviderJob {
        throw error
    }

    func events(of job: ProviderJobID, after last: ProviderEventID?, as account: ProviderAccount)
        throws(ProviderError) -> [ProviderEvent]
    {
        throw error
    }

    func checkpoints(of job: ProviderJobID, as account: ProviderAccount) throws(ProviderError)
        -> [ProviderCheckpoint]
    {
        throw error
    }

    func complete(
        _ request: CompletionRequest, as account: ProviderAccount, telling listener: CompletionListener?
    ) throws(ProviderError) -> Completion {
        throw error
    }
}

extension FinetuningProvider where Self == FailingProvider {
    /// A provider whose every call fails.
    static func failing(_ name: ProviderName, _ error: ProviderError) -> FailingProvider {
        FailingProvider(name: name, error: error)
    }
}
