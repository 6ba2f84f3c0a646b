import Synchronization

/// Values that are made of what is stored, each kept until that changes.
///
/// Every change goes through `changing`. No value is kept from before a change's commit until it is told, so a kept
/// value is never older than anything that somebody can know.
final class KeptValues<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct State {
        var values: [Key: Value] = [:]
        var changesUnderWay: [Key: Int] = [:]
        var generations: [Key: Int] = [:]
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

    /// The kept value; else what `make` makes, which is kept unless things change meanwhile.
    func value(of key: Key, make: () async throws -> Value) async rethrows -> Value {
        if let value = self[key] { return value }
        let generation = state.withLock { $0.generations[key, default: 0] }
        let value = try await make()
        keep(value, for: key, madeAt: generation)
        return value
    }

    /// Changes what a value is made of.
    func changing<Result>(_ key: Key, _ change: () async throws -> Result) async rethrows -> Result {
        state.withLock { state in
            state.values[key] = nil
            state.changesUnderWay[key, default: 0] += 1
        }
        defer { endChange(of: key) }
        return try await change()
    }

    private func endChange(of key: Key) {
        state.withLock { state in
            state.generations[key, default: 0] += 1
            let left = state.changesUnderWay[key, default: 1] - 1
            state.changesUnderWay[key] = left == 0 ? nil : left
        }
    }

    private func keep(_ value: Value, for key: Key, madeAt generation: Int) {
        state.withLock { state in
            guard state.changesUnderWay[key] == nil, state.generations[key, default: 0] == generation else { return }
            if state.values.count >= limit { state.values.removeAll(keepingCapacity: true) }
            state.values[key] = value
        }
    }
}
