extension DaemonConfiguration {
    /// Values that are right each and wrong together.
    var contradictions: [InvalidConfiguration.Problem] {
        let openAI = providers.openAI
        let rules: [(broken: Bool, key: String, reason: String)] = [
            (
                limits.connectionsPerUser > limits.connections, "limits.connections_per_user",
                "is above limits.connections"
            ),
            (
                limits.unreadBytesFor10Seconds > limits.unreadBytes, "limits.unread_bytes_for_10_seconds",
                "is above limits.unread_bytes"
            ),
            (
                openAI.pollShortest > openAI.pollLongest, "providers.openai.poll_shortest",
                "is above providers.openai.poll_longest"
            ),
            (
                openAI.retryShortest > openAI.retryLongest, "providers.openai.retry_shortest",
                "is above providers.openai.retry_longest"
            ),
        ]
        return rules.filter(\.broken).map { .init(origin: "configuration", key: $0.key, reason: $0.reason) }
    }
}
