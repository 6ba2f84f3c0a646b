package import Jobs

/// OpenAI, and whatever speaks its contract at another address.
///
/// The folder `Contract` holds the shapes that go over the wire. `OpenAIClient` sends and judges answers.
package struct OpenAIProvider: FinetuningProvider {
    let client: OpenAIClient
    /// Asks models. Those calls have connections and a pace of their own, so that no job waits for them.
    let asker: OpenAIClient

    /// An adapter over transports, one for jobs and one for questions to models, which outlive it and are shut down by
    /// their owner.
    package init(
        _ configuration: OpenAIConfiguration, over transport: CurlTransport, asking questions: CurlTransport
    ) {
        let key = ReplaceableKey(configuration.apiKey)
        client = OpenAIClient(configuration: configuration, transport: transport, daemonKey: key)
        asker = OpenAIClient(configuration: configuration, transport: questions, daemonKey: key)
    }

    /// Uses this key for the daemon's own calls from now on.
    package func replaceKey(with key: Secret?) {
        client.daemonKey.replace(with: key)
    }

    /// `openai`, or the name that it was configured under.
    package var name: ProviderName { client.configuration.name }

    /// The configured address.
    package var baseURL: String { client.configuration.address.description }

    /// Whether there is a key for the daemon's own calls.
    package var hasKey: Bool { client.daemonKey.current != nil }

    /// The limits that the contract of the fine-tuning API states.
    package var capabilities: ProviderCapabilities {
        ProviderCapabilities(
            minimumExamples: 10,
            epochs: 1...50,
            batchSize: 1...256,
            // The contract names no upper bound; a larger value is a slip.
            largestLearningRateMultiplier: 100,
            takesValidationFile: true,
            takesConnectionKeys: client.configuration.takesConnectionKeys)
    }
}

/// The shapes of OpenAI's contract, as far as they are used here. Keys that are not read are ignored.
enum OpenAIContract {}
