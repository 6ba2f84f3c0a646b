package import Identifiers
package import Jobs
import Store

/// A provider with a fail point before and after every call that the job engine makes.
package struct FailPointProvider: FinetuningProvider {
    private let provider: any FinetuningProvider

    /// Puts fail points around a provider's calls.
    package init(_ provider: any FinetuningProvider) {
        self.provider = provider
    }

    /// The provider's own name.
    package var name: ProviderName { provider.name }
    /// The provider's own address.
    package var baseURL: String { provider.baseURL }
    /// What the provider can do.
    package var capabilities: ProviderCapabilities { provider.capabilities }

    // Whether a call fails makes no difference: what it did at the provider is done.
    private func call<Value>(
        _ step: FailPoint.Step, _ call: () async throws(ProviderError) -> Value
    ) async throws(ProviderError) -> Value {
        FailPoint.pass(step, .before)
        defer { FailPoint.pass(step, .after) }
        return try await call()
    }
}

// MARK: Files

extension FailPointProvider {
    /// Sends a file.
    package func upload(
        _ dataset: Dataset, named name: String, as account: ProviderAccount
    ) async throws(ProviderError) -> ProviderFile {
        try await call(.uploadCall) { () async throws(ProviderError) in
            try await provider.upload(dataset, named: name, as: account)
        }
    }

    /// Asks for a file.
    package func file(_ id: ProviderFileID, as account: ProviderAccount) async throws(ProviderError) -> ProviderFile {
        try await call(.fileCall) { () async throws(ProviderError) in try await provider.file(id, as: account) }
    }

    /// Searches files.
    package func files(
        named name: String, byteCount: Int, as account: ProviderAccount
    ) async throws(ProviderError) -> [ProviderFile] {
        try await call(.filesCall) { () async throws(ProviderError) in
            try await provider.files(named: name, byteCount: byteCount, as: account)
        }
    }

    /// Removes a file.
    package func deleteFile(_ id: ProviderFileID, as account: ProviderAccount) async throws(ProviderError) {
        try await call(.deleteFileCall) { () async throws(ProviderError) in
            try await provider.deleteFile(id, as: account)
        }
    }
}

// MARK: Jobs

extension FailPointProvider {
    /// Starts a job.
    package func createJob(
        _ request: ProviderJobRequest, as account: ProviderAccount
    ) async throws(ProviderError) -> ProviderJob {
        try await call(.createJobCall) { () async throws(ProviderError) in
            try await provider.createJob(request, as: account)
        }
    }

    /// Asks for a job.
    package func job(_ id: ProviderJobID, as account: ProviderAccount) async throws(ProviderError) -> ProviderJob {
        try await call(.jobCall) { () async throws(ProviderError) in try await provider.job(id, as: account) }
    }

    /// Searches jobs.
    package func jobs(
        of finetuning: ObjectID, as account: ProviderAccount
    ) async throws(ProviderError) -> [ProviderJob] {
        try await call(.jobsCall) { () async throws(ProviderError) in
            try await provider.jobs(of: finetuning, as: account)
        }
    }

    /// Cancels a job.
    package func cancelJob(
        _ id: ProviderJobID, as account: ProviderAccount
    ) async throws(ProviderError) -> ProviderJob {
        try await call(.cancelJobCall) { () async throws(ProviderError) in
            try await provider.cancelJob(id, as: account)
        }
    }

    /// Asks for a job's events.
    package func events(
        of job: ProviderJobID, after last: ProviderEventID?, as account: ProviderAccount
    ) async throws(ProviderError) -> [ProviderEvent] {
        try await call(.eventsCall) { () async throws(ProviderError) in
            try await provider.events(of: job, after: last, as: account)
        }
    }

    /// Asks for a job's checkpoints.
    package func checkpoints(
        of job: ProviderJobID, as account: ProviderAccount
    ) async throws(ProviderError) -> [ProviderCheckpoint] {
        try await call(.checkpointsCall) { () async throws(ProviderError) in
            try await provider.checkpoints(of: job, as: account)
        }
    }
}

// MARK: Models, which no job depends on

extension FailPointProvider {
    /// Asks a model.
    package func complete(
        _ request: CompletionRequest, as account: ProviderAccount, telling listener: CompletionListener?
    ) async throws(ProviderError) -> Completion {
        try await provider.complete(request, as: account, telling: listener)
    }
}
