/// How many questions to models a provider gets at a time.
package struct CompletionLimits: Hashable, Sendable {
    /// The most under way.
    package var concurrency: Int
    /// The most that wait for their turn.
    package var waiting: Int

    /// Limits of one provider.
    package init(concurrency: Int = 64, waiting: Int = 1_024) {
        self.concurrency = concurrency
        self.waiting = waiting
    }
}
