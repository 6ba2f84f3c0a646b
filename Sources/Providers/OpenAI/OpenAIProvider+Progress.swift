package import Jobs

extension OpenAIProvider {
    /// `GET /fine_tuning/jobs/{id}/events`, which lists the newest first: read until `last`, then turned round.
    package func events(
        of job: ProviderJobID, after last: ProviderEventID?, as account: ProviderAccount
    ) async throws(ProviderError) -> [ProviderEvent] {
        let call = OpenAICall.get("fine_tuning", "jobs", job.rawValue, "events", query: [("limit", "100")])
        var events: [OpenAIContract.IfReadable<OpenAIContract.Event>] = try await client.items(call, as: account) {
            $0.id == last?.rawValue
        }
        if events.last?.id == last?.rawValue { _ = events.popLast() }
        let presenter = try client.presenter(for: account)
        return events.reversed().compactMap { $0.item?.event(presenter) }
    }

    /// `GET /fine_tuning/jobs/{id}/checkpoints`, by step.
    package func checkpoints(
        of job: ProviderJobID, as account: ProviderAccount
    ) async throws(ProviderError) -> [ProviderCheckpoint] {
        let call = OpenAICall.get("fine_tuning", "jobs", job.rawValue, "checkpoints", query: [("limit", "100")])
        let checkpoints: [OpenAIContract.IfReadable<OpenAIContract.Checkpoint>] = try await client.items(
            call, as: account)
        return checkpoints.compactMap(\.item?.checkpoint).sorted { $0.step < $1.step }
    }
}
