import Evaluations
import FinetuneAPI
import Identifiers
import Jobs
import Store

/// The aliases and what they stand for: kept for those who ask again and again, told to those who follow.
///
/// Every change of an alias is told here as it is committed (`whenCommitted` of the store's writes).
final class ServedModels: Sendable {
    private static let keptAliases = 10_000

    private let store: StateStore
    private let replies: RenderedReplies
    private let kept = KeptValues<ModelAlias, Evaluations.ServedModel>(limit: keptAliases)
    private let signals = ChangeSignals<ModelAlias>()

    init(store: StateStore, replies: RenderedReplies) {
        self.store = store
        self.replies = replies
    }

    /// The alias as it is now, if that is kept.
    func keptModel(_ alias: ModelAlias) -> Evaluations.ServedModel? { kept[alias] }

    /// The alias as it is now. Throws `StoreError.noModel`.
    func model(_ alias: ModelAlias) async throws -> Evaluations.ServedModel {
        try await kept.value(of: alias) { try await store.model(alias) }
    }

    /// An alias was changed or removed.
    func changed(_ alias: ModelAlias) {
        kept.drop(alias)
        replies.drop(.model(alias: alias))
        signals.tell(alias)
    }

    /// A signal after each change of an alias; it ends when the daemon does.
    func changes(of alias: ModelAlias) -> AsyncStream<Void> { signals.changes(of: alias) }

    /// Ends all signals: the daemon is about to end.
    func stop() { signals.stop() }
}
