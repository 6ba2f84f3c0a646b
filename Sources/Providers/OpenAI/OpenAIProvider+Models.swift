package import Jobs

extension OpenAIProvider {
    /// `GET /models/{model}`.
    package func hasModel(_ model: String, as account: ProviderAccount) async throws(ProviderError) -> Bool {
        do {
            _ = try await client.call(.get("models", model), as: account, returning: OpenAIContract.Model.self)
            return true
        } catch {
            guard error.isMissing else { throw error }
            return false
        }
    }

    /// `POST /chat/completions` with a system and a user message.
    package func complete(
        _ request: CompletionRequest, as account: ProviderAccount
    ) async throws(ProviderError) -> Completion {
        let body = try client.json(OpenAIContract.ChatRequest(request))
        let timeout = client.configuration.completionTimeout
        let answer: OpenAIContract.ChatAnswer = try await client.call(
            .post("chat", "completions", body: body, timeout: timeout), as: account)
        guard let text = answer.choices.first?.message.content else {
            throw .refused(ProviderComplaint("the model answered without text", code: "no_text"))
        }
        return Completion(text: text, tokens: answer.usage?.totalTokens)
    }
}
