import FinetuneAPI
import Identifiers
import Jobs
import Store

/// The aliases and what they stand for: kept for those who ask again and again, told to those who follow.
final class ServedModels: Sendable {
    /// An alias, and the reply to a read of it.
    private struct Kept: Sendable {
        let model: Jobs.ServedModel
        let reply: [UInt8]
    }

    private static let keptAliases = 10_000

    private let store: StateStore
    private let kept = KeptValues<String, Kept>(limit: keptAliases)
    private let signals = ChangeSignals<String>()

    init(store: StateStore) {
        self.store = store
    }

    /// The reply to a read, where it is kept.
    func reply(for alias: String) -> [UInt8]? { kept[alias]?.reply }

    /// The alias as it is now. Throws `StoreError.noModel`.
    func model(_ alias: String) async throws -> Jobs.ServedModel {
        try await kept.value(of: alias) {
            let model = try await store.model(alias)
            return Kept(model: model, reply: try WireEncoder().encode(try Wire.ServedModel(model)))
        }.model
    }

    /// Changes an alias, and tells its followers.
    func changing<Value>(_ alias: String, _ change: () async throws -> Value) async rethrows -> Value {
        let value = try await kept.changing(alias, change)
        signals.tell(alias)
        return value
    }

    /// A signal after each change of an alias; it ends when the daemon does.
    func changes(of alias: String) -> AsyncStream<Void> { signals.changes(of: alias) }

    /// Ends all signals: the daemon is about to end.
    func stop() { signals.stop() }
}
