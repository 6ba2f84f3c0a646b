import Identifiers
import Synchronization

/// Tells whoever is interested that a finetuning changed, and keeps the replies to reads of it until it does.
///
/// Every change of a finetuning, whoever makes it, is told here after its commit. So a kept reply is never older
/// than the last change that somebody was told of.
final class LiveFinetunings: Sendable {
    private struct State {
        var replies: [ObjectID: [UInt8]] = [:]
        var generation: [ObjectID: Int] = [:]
        var followers: [ObjectID: [Int: AsyncStream<Void>.Continuation]] = [:]
        var nextFollower = 0
        var isStopping = false
    }

    private static let keptReplies = 10_000
    private let state = Mutex(State())

    /// A finetuning changed, or is gone.
    func changed(_ id: ObjectID) {
        let followers = state.withLock { state in
            state.replies[id] = nil
            state.generation[id, default: 0] += 1
            return state.followers[id].map { Array($0.values) } ?? []
        }
        for follower in followers { follower.yield() }
    }

    /// The kept reply to a read.
    func reply(for id: ObjectID) -> [UInt8]? {
        state.withLock { $0.replies[id] }
    }

    /// The state of knowledge before a read, for `keep`.
    func generation(of id: ObjectID) -> Int {
        state.withLock { $0.generation[id, default: 0] }
    }

    /// Keeps a reply unless the finetuning changed after `generation`, when the read may have been before that.
    func keep(_ reply: [UInt8], for id: ObjectID, readAt generation: Int) {
        state.withLock { state in
            guard state.generation[id, default: 0] == generation else { return }
            if state.replies.count >= Self.keptReplies { state.replies.removeAll(keepingCapacity: true) }
            state.replies[id] = reply
        }
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
