import Identifiers
import Jobs
import Store
import Synchronization

/// Tells whoever is interested that a finetuning changed.
///
/// Every change of a finetuning, whoever makes it, is told here as it is committed (`whenCommitted` of the store's
/// writes): the kept replies about it are forgotten, and those who follow it look again.
final class LiveFinetunings: Sendable {
    private struct State {
        var followers: [ObjectID: [Int: AsyncStream<Void>.Continuation]] = [:]
        var nextFollower = 0
        var isStopping = false
    }

    private let replies: RenderedReplies
    private let state = Mutex(State())

    init(replies: RenderedReplies) {
        self.replies = replies
    }

    /// A finetuning was changed or removed.
    func changed(_ id: ObjectID) {
        replies.drop(.finetuning(id))
        tellFollowers(of: id)
    }

    /// An event was applied to a finetuning's job. Most polls change nothing, and much that a provider tells is
    /// written to the events alone.
    func applied(_ applied: AppliedTransition) {
        switch applied.transition {
        case .moved: changed(applied.finetuning.id)
        case .unchanged, .refused: if !applied.events.isEmpty { tellFollowers(of: applied.finetuning.id) }
        }
    }

    private func tellFollowers(of id: ObjectID) {
        let followers = state.withLock { state in state.followers[id].map { Array($0.values) } ?? [] }
        for follower in followers { follower.yield() }
    }

    /// A signal after each change of a finetuning; several changes may give one. It ends when the daemon does.
    func changes(of id: ObjectID) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number: Int? = state.withLock { state in
            guard !state.isStopping else { return nil }
            state.nextFollower += 1
            state.followers[id, default: [:]][state.nextFollower] = continuation
            return state.nextFollower
        }
        guard let number else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in self?.forget(number, of: id) }
        return stream
    }

    /// Ends all signals, now and from now on: the daemon is about to end.
    func stop() {
        let followers = state.withLock { state in
            state.isStopping = true
            return state.followers.values.flatMap(\.values)
        }
        for follower in followers { follower.finish() }
    }

    private func forget(_ number: Int, of id: ObjectID) {
        state.withLock { state in
            state.followers[id]?[number] = nil
            if state.followers[id]?.isEmpty == true { state.followers[id] = nil }
        }
    }
}
