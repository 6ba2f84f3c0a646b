extension DaemonConfiguration {
    private typealias Rule = (broken: Bool, key: String, reason: String)

    /// Values that are right each and wrong together.
    var contradictions: [InvalidConfiguration.Problem] {
        let rules: [Rule] = [
            (
                limits.connectionsPerUser > limits.connections, "limits.connections_per_user",
                "is above limits.connections"
            ),
            (
                limits.unreadBytesFor10Seconds > limits.unreadBytes, "limits.unread_bytes_for_10_seconds",
                "is above limits.unread_bytes"
            ),
        ]
        return (rules + providers.names.flatMap(contradictions)).filter(\.broken).map {
            .init(origin: "configuration", key: $0.key, reason: $0.reason)
        }
    }

    private func contradictions(of name: String) -> [Rule] {
        let provider = providers[name]
        let section = "providers.\(name)"
        return [
            (
                provider.baseURL.isEmpty, "\(section).base_url",
                "is missing: only providers.\(Providers.openAIName) has an address by default"
            ),
            (
                provider.pollShortest > provider.pollLongest, "\(section).poll_shortest",
                "is above \(section).poll_longest"
            ),
            (
                provider.settleTime.map { $0 < provider.shortestSettleTime } ?? false, "\(section).settle_time",
                "is below \(section).timeout and a quarter of it: a request may still be on its way then, and what it "
                    + "orders would be ordered twice"
            ),
            (
                provider.retryShortest > provider.retryLongest, "\(section).retry_shortest",
                "is above \(section).retry_longest"
            ),
        ]
    }
}
