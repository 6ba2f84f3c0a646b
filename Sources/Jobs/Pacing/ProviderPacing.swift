/// How a provider's jobs are worked on: how often it is asked, how failures are retried, and how much of it at a time.
package struct ProviderPacing: Hashable, Sendable {
    /// How failures are retried.
    package var retries: RetryPolicy
    /// How often running jobs are asked after.
    package var polling: PollPolicy
    /// How many of its jobs are worked on at a time.
    package var jobsAtATime: Int
    /// How many requests to it may begin in a second.
    package var requestsPerSecond: Int
    /// How many connections to it may be open.
    package var connections: Int
    /// How many questions to its models are under way, and wait, at a time.
    package var completions: CompletionLimits

    /// A pacing; the defaults suit a provider on the internet.
    package init(
        retries: RetryPolicy = RetryPolicy(), polling: PollPolicy = PollPolicy(), jobsAtATime: Int = 32,
        requestsPerSecond: Int = 50, connections: Int = 8, completions: CompletionLimits = CompletionLimits()
    ) {
        self.retries = retries
        self.polling = polling
        self.jobsAtATime = jobsAtATime
        self.requestsPerSecond = requestsPerSecond
        self.connections = connections
        self.completions = completions
    }
}

/// The pacing of every provider.
package struct ProviderPacings: Sendable {
    private let byName: [ProviderName: ProviderPacing]
    /// That of a provider without another.
    package let usual: ProviderPacing

    /// Those of the providers named, and `usual` for any other.
    package init(_ byName: [ProviderName: ProviderPacing] = [:], usual: ProviderPacing = ProviderPacing()) {
        self.byName = byName
        self.usual = usual
    }

    /// The pacing of a provider.
    package subscript(_ name: ProviderName) -> ProviderPacing { byName[name] ?? usual }
}
