import Synchronization

/// Values that are made of what is stored, each kept until that changes.
///
/// Whoever changes what a value is made of calls `drop` as the change is committed (`whenCommitted` of the store's
/// writes), when nobody can have read it yet; and no value is kept whose making a change overtook. So a kept value is
/// never older than what anybody can know. Replies to reads are kept by `RenderedReplies` instead.
final class KeptValues<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct State {
        var values: [Key: Value] = [:]
        var drops: [Key: Int] = [:]
    }

    private let limit: Int
    private let state = Mutex(State())

    /// Keeps at most so many values.
    init(limit: Int) {
        self.limit = limit
    }

    /// The kept value.
    subscript(_ key: Key) -> Value? {
        state.withLock { $0.values[key] }
    }

    /// The kept value; else what `make` makes.
    func value(of key: Key, make: () async throws -> Value) async rethrows -> Value {
        let (kept, drops) = state.withLock { ($0.values[key], $0.drops[key]) }
        if let kept { return kept }
        let value = try await make()
        state.withLock { state in
            guard state.drops[key] == drops else { return }
            if state.values.count >= limit { state.values.removeAll(keepingCapacity: true) }
            state.values[key] = value
        }
        return value
    }

    /// Forgets a value.
    func drop(_ key: Key) {
        state.withLock { state in
            state.values[key] = nil
            state.drops[key, default: 0] += 1
        }
    }
}
