import Identifiers
import Synchronization

/// Tells whoever is interested that a finetuning changed, and keeps the replies to reads of it until it does.
///
/// Every change of a finetuning, whoever makes it, goes through `changing`. No reply is kept from before its commit
/// until it is told, so a kept reply is never older than anything that somebody can know.
final class LiveFinetunings: Sendable {
    fileprivate struct State {
        var replies: [ObjectID: [UInt8]] = [:]
        var replyBytes = 0
        var changesUnderWay: [ObjectID: Int] = [:]
        var generation: [ObjectID: Int] = [:]
        /// By the finetuning that they follow; those under `nil` follow all.
        var followers: [ObjectID?: [Int: AsyncStream<Void>.Continuation]] = [:]
        var nextFollower = 0
        var isStopping = false
    }

    /// The most bytes of replies that are kept: a finetuning of many golden records has a long one.
    private static let keptBytes = 64 << 20
    private let state = Mutex(State())

    /// Changes a finetuning, or removes it, and tells the followers of it if the change is news.
    func changing<Value>(
        _ id: ObjectID, _ change: () async throws -> Value, isNews: (Value) -> Bool = { _ in true }
    ) async rethrows -> Value {
        state.withLock { $0.beginChange(of: id) }
        do {
            let value = try await change()
            endChange(of: id, isNews: isNews(value))
            return value
        } catch {
            endChange(of: id, isNews: false)
            throw error
        }
    }

    private func endChange(of id: ObjectID, isNews: Bool) {
        let followers = state.withLock { state in
            state.endChange(of: id)
            return isNews ? state.followers(of: id) : []
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

    /// Keeps a reply unless the finetuning changes, or changed after `generation`: the read may have been before that.
    func keep(_ reply: [UInt8], for id: ObjectID, readAt generation: Int) {
        state.withLock { state in
            guard state.changesUnderWay[id] == nil, state.generation[id, default: 0] == generation else { return }
            state.keep(reply, for: id, within: Self.keptBytes)
        }
    }

    /// A signal after each change of a finetuning, or of any; several changes may give one. It ends when the daemon
    /// does.
    func changes(of id: ObjectID?) -> AsyncStream<Void> {
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

    private func forget(_ number: Int, of id: ObjectID?) {
        state.withLock { state in
            state.followers[id]?[number] = nil
            if state.followers[id]?.isEmpty == true { state.followers[id] = nil }
        }
    }
}

extension LiveFinetunings.State {
    fileprivate mutating func beginChange(of id: ObjectID) {
        forgetReply(of: id)
        changesUnderWay[id, default: 0] += 1
    }

    fileprivate mutating func endChange(of id: ObjectID) {
        generation[id, default: 0] += 1
        let left = changesUnderWay[id, default: 1] - 1
        changesUnderWay[id] = left == 0 ? nil : left
    }

    fileprivate func followers(of id: ObjectID) -> [AsyncStream<Void>.Continuation] {
        [followers[id], followers[nil]].compactMap(\.self).flatMap(\.values)
    }

    fileprivate mutating func keep(_ reply: [UInt8], for id: ObjectID, within limit: Int) {
        forgetReply(of: id)
        guard reply.count <= limit / 16 else { return }
        if replyBytes + reply.count > limit {
            replies.removeAll(keepingCapacity: true)
            replyBytes = 0
        }
        replies[id] = reply
        replyBytes += reply.count
    }

    private mutating func forgetReply(of id: ObjectID) {
        replyBytes -= replies.removeValue(forKey: id)?.count ?? 0
    }
}
