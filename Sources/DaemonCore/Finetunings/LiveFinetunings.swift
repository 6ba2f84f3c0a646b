import Identifiers
import Jobs
import Store

/// Tells whoever is interested that a finetuning changed.
///
/// Every change of a finetuning, whoever makes it, is told here as it is committed (`whenCommitted` of the store's
/// writes): the kept replies about it are forgotten, and those who follow it look again.
final class LiveFinetunings: Sendable {
    private static let keptFinetunings = 1_000

    private let replies: RenderedReplies
    private let kept = KeptValues<ObjectID, Jobs.Finetuning>(limit: keptFinetunings)
    private enum Subject: Hashable {
        case one(ObjectID)
        case all
        case ends
    }

    private let signals = ChangeSignals<Subject>()

    init(replies: RenderedReplies) {
        self.replies = replies
    }

    /// A finetuning was changed or removed.
    func changed(_ id: ObjectID) {
        replies.drop(.finetuning(id))
        kept.drop(id)
        tell(id)
    }

    /// An event was applied to a finetuning's job. Most polls change nothing, and much that a provider tells is
    /// written to the events alone.
    func applied(_ applied: AppliedTransition) {
        switch applied.transition {
        case .moved(let job, _):
            changed(applied.finetuning.id)
            if job.status.isTerminal { signals.tell(.ends) }
        case .unchanged, .refused: if !applied.events.isEmpty { tell(applied.finetuning.id) }
        }
    }

    private func tell(_ id: ObjectID) {
        signals.tell(.one(id))
        signals.tell(.all)
    }

    /// A finetuning as it is now, if that is kept.
    func keptFinetuning(_ id: ObjectID) -> Jobs.Finetuning? { kept[id] }

    /// A finetuning as it is now, kept for those who ask its model again and again. Throws `notFound`.
    func finetuning(_ id: ObjectID, in store: StateStore) async throws -> Jobs.Finetuning {
        try await kept.value(of: id) { try await store.finetuning(id) }
    }

    /// A signal after each change of a finetuning, or of any; several changes may give one. It ends when the daemon
    /// does.
    func changes(of id: ObjectID?) -> AsyncStream<Void> { signals.changes(of: id.map { .one($0) } ?? .all) }

    /// A signal after finetunings have ended; several may give one. It ends when the daemon does.
    func ends() -> AsyncStream<Void> { signals.changes(of: .ends) }

    /// Ends all signals, now and from now on: the daemon is about to end.
    func stop() { signals.stop() }
}
