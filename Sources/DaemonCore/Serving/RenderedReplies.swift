import FinetuneAPI
import Identifiers
import Jobs
import NIOCore
import Synchronization

/// Replies to reads, kept as they were written until what they tell of changes. This is what makes a `GET` fast:
/// `APIConnection` answers from here, on the event loop, before it parses a line.
///
/// A reply is kept under the path that asked for it, and it names its subjects, which is all that it tells of. Whoever
/// changes a subject calls `drop` as the change is committed (`whenCommitted` of the store's writes), when nobody can
/// have read it yet; and no reply is kept whose subjects changed since its read began. So a kept reply is never older
/// than what anybody can know. A route has its replies kept if it is made with `Route.answered(keptIn:about:by:)`.
final class RenderedReplies: Sendable {
    /// What a reply can tell of, and what can change.
    enum Subject: Hashable, Sendable {
        case finetuning(ObjectID)
        case model(alias: ModelAlias)
    }

    /// A read that has begun, and may not be kept if it was overtaken by a change.
    struct Reading: Sendable {
        fileprivate let changesBefore: UInt64
    }

    private let byteLimit: Int
    private let state = Mutex(State())

    /// `byteLimit` is the most that all replies may have; one of more than a sixteenth of it is not kept.
    init(byteLimit: Int = 16 << 20) {
        self.byteLimit = byteLimit
    }

    /// The kept reply's body for whoever asks for `path`, in the bytes of a request line, and has `role`.
    func body(at path: ByteBuffer, for role: Role) -> ByteBuffer? {
        let kept = state.withLock { $0.replies[path] }
        guard let kept, role >= kept.role else { return nil }
        return kept.body
    }

    /// To be called before a read, whose reply `keep` then takes.
    func beginReading() -> Reading {
        state.withLock { Reading(changesBefore: $0.changes) }
    }

    /// Keeps what a read has rendered, for those who have at least this role.
    func keep(
        _ body: [UInt8], at path: String, for role: Role, about subjects: [Subject], since reading: Reading
    ) {
        guard body.count <= byteLimit / 16 else { return }
        let reply = Reply(body: ByteBuffer(bytes: body), role: role, subjects: subjects)
        state.withLock { state in
            guard !subjects.contains(where: { state.lastChange(of: $0) > reading.changesBefore }) else { return }
            state.insert(reply, at: ByteBuffer(string: path), within: byteLimit)
        }
    }

    /// Forgets all that is kept about a subject that changes.
    func drop(_ subject: Subject) {
        state.withLock { state in
            state.noteChange(of: subject)
            for path in state.paths[subject] ?? [] { state.remove(at: path) }
        }
    }
}

extension RenderedReplies {
    fileprivate struct Reply {
        let body: ByteBuffer
        let role: Role
        let subjects: [Subject]

        func byteCount(at path: ByteBuffer) -> Int { body.readableBytes + path.readableBytes }
    }

    fileprivate struct State {
        private(set) var replies: [ByteBuffer: Reply] = [:]
        private(set) var paths: [Subject: Set<ByteBuffer>] = [:]
        private(set) var changes: UInt64 = 0
        private var byteCount = 0
        // Subjects share these, so that they need no room of their own for ever. Whoever shares one with a subject
        // that has just changed is only read anew.
        private var lastChanges = [UInt64](repeating: 0, count: 1_024)
    }
}

extension RenderedReplies.State {
    func lastChange(of subject: RenderedReplies.Subject) -> UInt64 {
        lastChanges[place(of: subject)]
    }

    mutating func noteChange(of subject: RenderedReplies.Subject) {
        changes += 1
        lastChanges[place(of: subject)] = changes
    }

    private func place(of subject: RenderedReplies.Subject) -> Int {
        Int(subject.hashValue.magnitude % UInt(lastChanges.count))
    }

    mutating func insert(_ reply: RenderedReplies.Reply, at path: ByteBuffer, within limit: Int) {
        remove(at: path)
        if byteCount + reply.byteCount(at: path) > limit { removeAll() }
        replies[path] = reply
        byteCount += reply.byteCount(at: path)
        for subject in reply.subjects { paths[subject, default: []].insert(path) }
    }

    mutating func remove(at path: ByteBuffer) {
        guard let reply = replies.removeValue(forKey: path) else { return }
        byteCount -= reply.byteCount(at: path)
        for subject in reply.subjects {
            paths[subject]?.remove(path)
            if paths[subject]?.isEmpty == true { paths[subject] = nil }
        }
    }

    private mutating func removeAll() {
        replies = [:]
        paths = [:]
        byteCount = 0
    }
}
