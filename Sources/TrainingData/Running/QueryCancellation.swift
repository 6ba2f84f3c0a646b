internal import Synchronization

/// Lets any thread end a query that runs on another.
package final class QueryCancellation: Sendable {
    private let wasRequested = Atomic(false)

    /// Nothing is cancelled yet.
    package init() {}

    /// Ends the query within some hundred instructions of SQLite's machine, or before it starts. It cannot be undone.
    package func cancel() {
        wasRequested.store(true, ordering: .relaxed)
    }

    /// Whether the query is to end.
    package var isRequested: Bool { wasRequested.load(ordering: .relaxed) }
}
