import Synchronization

/// Tells whoever follows a thing that it changed.
final class ChangeSignals<Key: Hashable & Sendable>: Sendable {
    private struct State {
        var followers: [Key: [Int: AsyncStream<Void>.Continuation]] = [:]
        var nextFollower = 0
        var isStopping = false
    }

    private let state = Mutex(State())

    /// A signal after each change; several changes may give one. It ends when the daemon does.
    func changes(of key: Key) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number: Int? = state.withLock { state in
            guard !state.isStopping else { return nil }
            state.nextFollower += 1
            state.followers[key, default: [:]][state.nextFollower] = continuation
            return state.nextFollower
        }
        guard let number else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in self?.forget(number, of: key) }
        return stream
    }

    /// The thing changed.
    func tell(_ key: Key) {
        let followers = state.withLock { $0.followers[key].map { Array($0.values) } ?? [] }
        for follower in followers { follower.yield() }
    }

    /// Ends all signals, now and from now on: the daemon is about to end.
    func stop() {
        let followers = state.withLock { state in
            state.isStopping = true
            return state.followers.values.flatMap(\.values)
        }
        for follower in followers { follower.finish() }
    }

    private func forget(_ number: Int, of key: Key) {
        state.withLock { state in
            state.followers[key]?[number] = nil
            if state.followers[key]?.isEmpty == true { state.followers[key] = nil }
        }
    }
}
