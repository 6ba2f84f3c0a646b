import Synchronization

/// Brings replies to those who wait for them: all that one connection has asked and not been told yet.
final class ReplyExchange: Sendable {
    typealias Caller = CheckedContinuation<ReplyLine, any Error>

    /// Lines that a stream may hold unread before its connection is no longer read, and at which it is again.
    static let fullStreamLines = 256
    static let drainedStreamLines = 64

    fileprivate struct State {
        var lastID = 0
        var calls: [Int: Call] = [:]
        var streams: [Int: StreamInbox] = [:]
        var fullStreams: Set<Int> = []
        var hasBeenServed = false
        /// A refusal of the connection as such, which explains its end.
        var refusal: ReplyLine?
        var end: ConnectionEnd?
    }

    /// A request that has one reply.
    fileprivate struct Call {
        let lineBytes: Int
        let caller: Caller
    }

    private let state = Mutex(State())

    /// An id that no request of this connection has had.
    func makeID() -> Int {
        state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
    }

    /// Whether every stream has room, so that more may be read.
    var mayRead: Bool {
        state.withLock { $0.fullStreams.isEmpty }
    }

    /// Ends all that still waits, and all that is begun later. What comes after the first end changes nothing.
    func end(_ end: ConnectionEnd) {
        let (calls, readers) = state.withLock { $0.end(end) }
        for (caller, end) in calls {
            caller.resume(throwing: end)
        }
        for (reader, end) in readers {
            reader.resume(throwing: end)
        }
    }
}

/// Why a connection brings no more replies.
enum ConnectionEnd: Error {
    /// It is closed.
    case closed
    /// The daemon said, before anything else, that it does not serve it.
    case refused(ReplyLine)
    /// A line came that is no reply.
    case unreadable
}

// MARK: - Calls

extension ReplyExchange {
    /// Registers a request that is about to be sent; returns whether it still makes sense to.
    func begin(_ id: Int, lineBytes: Int, caller: Caller) -> Bool {
        let failure: (any Error)? = state.withLock { state in
            if let end = state.end { return end }
            // A cancellation that comes later finds the call; one that came before shows here.
            if Task.isCancelled { return CancellationError() }
            state.calls[id] = Call(lineBytes: lineBytes, caller: caller)
            return nil
        }
        guard let failure else { return true }
        caller.resume(throwing: failure)
        return false
    }

    /// Stops waiting for a reply; should it come, nobody gets it.
    func abandonCall(_ id: Int) {
        let call = state.withLock { $0.calls.removeValue(forKey: id) }
        call?.caller.resume(throwing: CancellationError())
    }
}

// MARK: - Streams

extension ReplyExchange {
    /// Registers a stream that is about to be sent, whose lines are kept from now on; returns whether it still
    /// makes sense to.
    func beginStream(_ id: Int, lineBytes: Int) -> Bool {
        state.withLock { state in
            state.streams[id] = StreamInbox(lineBytes: lineBytes, ending: state.end.map { .failed($0) })
            return state.end == nil
        }
    }

    /// Gives the reader the stream's next line, now or when it comes; `nil` once the last was given.
    /// Returns whether this has made room to read the connection again.
    func takeLine(ofStream id: Int, reader: StreamInbox.Reader) -> Bool {
        let (answer, madeRoom) = state.withLock { $0.takeLine(ofStream: id, reader: reader) }
        switch answer {
        case .line(let line): reader.resume(returning: line)
        case .ended: reader.resume(returning: nil)
        case .failed(let error): reader.resume(throwing: error)
        case .later: break
        }
        return madeRoom
    }

    /// Forgets a stream that nobody reads any more. Returns whether the daemon may still be at it.
    func abandonStream(_ id: Int) -> Bool {
        let inbox = state.withLock { state in
            state.fullStreams.remove(id)
            return state.streams.removeValue(forKey: id)
        }
        guard let inbox else { return false }
        inbox.reader?.resume(throwing: CancellationError())
        return inbox.ending == nil
    }
}

// MARK: - Delivery

extension ReplyExchange {
    /// Brings a reply to whoever waits for it. One for a request that was given up is dropped.
    func deliver(_ reply: ReplyLine) {
        let (caller, reader) = state.withLock { state in
            guard let id = reply.id ?? state.addressee(ofRefusal: reply) else { return (nil, nil) as Receivers }
            return state.receivers(of: reply, id: id)
        }
        caller?.resume(returning: reply)
        reader?.resume(returning: reply)
    }
}

private typealias Receivers = (ReplyExchange.Caller?, StreamInbox.Reader?)

extension ReplyExchange.State {
    fileprivate mutating func receivers(of reply: ReplyLine, id: Int) -> Receivers {
        hasBeenServed = true
        if let call = calls.removeValue(forKey: id) { return (call.caller, nil) }
        if let reader = streams[id]?.add(reply) { return (nil, reader) }
        if let inbox = streams[id], inbox.lineCount >= ReplyExchange.fullStreamLines {
            fullStreams.insert(id)
        }
        return (nil, nil)
    }

    /// Whom a refusal without an id concerns. It is of a line too long to be read, so the longest under way is
    /// meant; or, where nothing was answered before, it may be of the connection as such.
    fileprivate mutating func addressee(ofRefusal refusal: ReplyLine) -> Int? {
        if !hasBeenServed {
            self.refusal = refusal
        }
        let waiting =
            calls.map { (id: $0.key, lineBytes: $0.value.lineBytes) }
            + streams.filter { $0.value.ending == nil }.map { (id: $0.key, lineBytes: $0.value.lineBytes) }
        return waiting.max { $0.lineBytes < $1.lineBytes }?.id
    }

    fileprivate mutating func takeLine(
        ofStream id: Int, reader: StreamInbox.Reader
    ) -> (StreamInbox.Answer, madeRoom: Bool) {
        // A cancellation that comes later finds the reader; one that came before shows here.
        if Task.isCancelled { return (.failed(CancellationError()), madeRoom: false) }
        guard let answer = streams[id]?.take(for: reader), let left = streams[id]?.lineCount else {
            return (.ended, madeRoom: false)
        }
        let hasRoom = left <= ReplyExchange.drainedStreamLines && fullStreams.remove(id) != nil
        return (answer, madeRoom: hasRoom && fullStreams.isEmpty)
    }

    fileprivate mutating func end(
        _ reason: ConnectionEnd
    ) -> (calls: [(ReplyExchange.Caller, ConnectionEnd)], readers: [(StreamInbox.Reader, ConnectionEnd)]) {
        let end = self.end ?? refusal.map { .refused($0) } ?? reason
        self.end = end
        fullStreams = []
        defer { calls = [:] }
        let readers = streams.keys.compactMap { streams[$0]?.end(end) }
        return (calls.values.map { ($0.caller, end) }, readers.map { ($0, end) })
    }
}
