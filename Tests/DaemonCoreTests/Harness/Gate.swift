/// Holds whoever comes to it until it is opened, or until they are cancelled.
final class Gate: Sendable {
    private let passage = AsyncStream<Never>.makeStream()
    private let arrival = AsyncStream<Never>.makeStream()

    /// Waits for the gate to open. Returns early in a task that is cancelled.
    func pass() async {
        arrival.continuation.finish()
        for await _ in passage.stream {}
    }

    /// Waits for somebody to come.
    func reached() async {
        for await _ in arrival.stream {}
    }

    func open() {
        passage.continuation.finish()
    }
}
