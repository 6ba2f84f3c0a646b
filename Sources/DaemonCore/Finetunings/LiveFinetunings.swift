import Identifiers
import Jobs
import Store

/// Tells whoever is interested that a finetuning changed.
///
/// Every change of a finetuning, whoever makes it, is told here as it is committed (`whenCommitted` of the store's
/// writes): the kept replies about it are forgotten, and those who follow it look again.
final class LiveFinetunings: Sendable {
    private let replies: RenderedReplies
    /// By the finetuning that changed; `nil` is told of each.
    private let signals = ChangeSignals<ObjectID?>()

    init(replies: RenderedReplies) {
        self.replies = replies
    }

    /// A finetuning was changed or removed.
    func changed(_ id: ObjectID) {
        replies.drop(.finetuning(id))
        tell(id)
    }

    /// An event was applied to a finetuning's job. Most polls change nothing, and much that a provider tells is
    /// written to the events alone.
    func applied(_ applied: AppliedTransition) {
        switch applied.transition {
        case .moved: changed(applied.finetuning.id)
        case .unchanged, .refused: if !applied.events.isEmpty { tell(applied.finetuning.id) }
        }
    }

    private func tell(_ id: ObjectID) {
        signals.tell(id)
        signals.tell(nil)
    }

    /// A signal after each change of a finetuning, or of any; several changes may give one. It ends when the daemon
    /// does.
    func changes(of id: ObjectID?) -> AsyncStream<Void> { signals.changes(of: id) }

    /// Ends all signals, now and from now on: the daemon is about to end.
    func stop() { signals.stop() }
}
