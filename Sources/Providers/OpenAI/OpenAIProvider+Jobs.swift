package import Identifiers
package import Jobs

extension OpenAIProvider {
    /// `POST /fine_tuning/jobs`, supervised.
    package func createJob(
        _ request: ProviderJobRequest, as account: ProviderAccount
    ) async throws(ProviderError) -> ProviderJob {
        let body = try client.json(OpenAIContract.JobCreation(request))
        return try await job(client.call(.post("fine_tuning", "jobs", body: body), as: account), as: account)
    }

    /// `GET /fine_tuning/jobs/{id}`.
    package func job(_ id: ProviderJobID, as account: ProviderAccount) async throws(ProviderError) -> ProviderJob {
        try await job(client.call(.get("fine_tuning", "jobs", id.rawValue), as: account), as: account)
    }

    /// `GET /fine_tuning/jobs` with a filter by metadata, which is applied here again: a service may not know it.
    package func jobs(
        of finetuning: ObjectID, as account: ProviderAccount
    ) async throws(ProviderError) -> [ProviderJob] {
        let filter = "metadata[\(OpenAIContract.JobCreation.finetuningKey)]"
        let call = OpenAICall.get(
            "fine_tuning", "jobs", query: [("limit", "100"), (filter, finetuning.description)])
        let found: [OpenAIContract.Job] = try await client.items(call, as: account)
        let own = found.filter { $0.belongs(to: finetuning) }
        let presenter = try client.presenter(for: account)
        // The list is newest first; jobs of the same second keep its order, turned round.
        return own.reversed().sorted { $0.createdAt < $1.createdAt }.map { $0.job(presenter) }
    }

    /// `POST /fine_tuning/jobs/{id}/cancel`. The service refuses it for a job that has ended, which is then read.
    package func cancelJob(
        _ id: ProviderJobID, as account: ProviderAccount
    ) async throws(ProviderError) -> ProviderJob {
        do {
            let call = OpenAICall.post("fine_tuning", "jobs", id.rawValue, "cancel")
            return try await job(client.call(call, as: account), as: account)
        } catch {
            guard case .refused = error, !error.isMissing else { throw error }
            let job = try await job(id, as: account)
            guard job.phase.isOver else { throw error }
            return job
        }
    }

    private func job(_ found: OpenAIContract.Job, as account: ProviderAccount) throws(ProviderError) -> ProviderJob {
        found.job(try client.presenter(for: account))
    }
}

extension ProviderJob.Phase {
    fileprivate var isOver: Bool {
        switch self {
        case .succeeded, .failed, .cancelled: true
        case .validatingFiles, .queued, .running, .unknown: false
        }
    }
}
