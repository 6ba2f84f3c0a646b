package import Jobs

extension OpenAIProvider {
    /// `POST /chat/completions`, streamed where somebody listens.
    package func complete(
        _ request: CompletionRequest, as account: ProviderAccount, telling listener: CompletionListener?
    ) async throws(ProviderError) -> Completion {
        let body = try asker.json(OpenAIContract.ChatRequest(request, streams: listener != nil))
        let timeout = asker.configuration.completionTimeout
        var call = OpenAICall.post("chat", "completions", body: body, timeout: timeout)
        // A question asked twice costs little; a new connection for each would cost every one of them time.
        call.mayBeSentTwice = true
        guard let listener else {
            let answer: OpenAIContract.ChatAnswer = try await asker.call(call, as: account)
            return try answer.completion
        }
        return try await asker.stream(call, as: account, telling: listener)
    }
}
