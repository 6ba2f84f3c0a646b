package import NIOCore
import Synchronization

/// One client's connection, as whoever answers it sees it. Usable from any thread.
package final class LineConnection: Sendable {
    /// The number of the connection, from 1, never used twice by one listener.
    package let id: UInt64
    /// Who connected.
    package let peer: PeerCredentials
    /// The event loop on which the connection's `LineHandler` is called.
    package let eventLoop: any EventLoop

    let outbox: Mutex<Outbox>
    let unreadGrace: Duration
    private let channelHandler: NIOLoopBoundBox<LineChannelHandler?>

    init(id: UInt64, peer: PeerCredentials, eventLoop: any EventLoop, limits: LineLimits) {
        self.id = id
        self.peer = peer
        self.eventLoop = eventLoop
        outbox = Mutex(Outbox(pauseAtUnreadBytes: limits.unreadBytesPause))
        unreadGrace = limits.unreadGrace
        channelHandler = NIOLoopBoundBox(nil, eventLoop: eventLoop)
    }

    /// Sends one or more whole lines, each with its `\n`. Dropped if the connection is closed.
    ///
    /// While the handler receives, lines are collected and leave together at the end of the burst; at other times
    /// they leave as soon as the event loop gets to it, together with all else that was sent until then.
    package func send(_ lines: ByteBuffer) {
        if let handler = handlerInTurn {
            handler.write(lines)
        } else {
            post { $0.add(lines) }
        }
    }

    /// Sends what `write` appends: one or more whole lines, each with its `\n`.
    ///
    /// While the handler receives, `write` gets the buffer that the socket is written from: nothing is allocated.
    package func send(writing write: (inout ByteBuffer) -> Void) {
        if let handler = handlerInTurn {
            handler.write(write)
        } else {
            var lines = ByteBuffer()
            write(&lines)
            send(lines)
        }
    }

    /// Counts a request whose answer comes later. Only from `LineHandler.receive`; `finishRequest` must follow.
    package func beginRequest() {
        channelHandler.value?.beginRequest()
    }

    /// Whether but one request is under way. Only from `LineHandler.receive`.
    package var isAtOneRequest: Bool {
        channelHandler.value?.requestsInFlight == 1
    }

    /// Counts a begun request as answered, after sending its last lines. From any thread, once a request.
    package func finishRequest(sending lines: ByteBuffer = ByteBuffer()) {
        if let handler = handlerInTurn {
            handler.write(lines)
            handler.finishRequests(1)
        } else {
            post { $0.addLast(lines) }
        }
    }

    /// Closes the connection once all that was sent before has left; no further line is received.
    package func close() {
        if let handler = handlerInTurn {
            handler.raise(to: .closing)
        } else {
            post { $0.raise(to: .closing) }
        }
    }

    /// Whether the connection is gone, so that whatever is sent is dropped.
    package var isClosed: Bool {
        outbox.withLock { $0.isClosed }
    }
}

extension LineConnection {
    /// The channel handler, if the caller is on the event loop and it is this connection's turn there.
    private var handlerInTurn: LineChannelHandler? {
        guard eventLoop.inEventLoop, let handler = channelHandler.value, handler.isInTurn else { return nil }
        return handler
    }

    /// Changes the outbox and sees to it that the event loop looks into it.
    func post(_ change: (inout Outbox) -> Void) {
        let needsTurn = outbox.withLock { outbox in
            guard !outbox.isClosed else { return false }
            change(&outbox)
            return outbox.claimTurn()
        }
        if needsTurn {
            eventLoop.execute { self.channelHandler.value?.takeTurn() }
        }
    }

    /// What other threads have left since the last turn. Only on the event loop.
    func takeOutbox() -> Outbox.Contents {
        outbox.withLock { $0.takeContents() }
    }

    /// Finishes what was begun, receives nothing new, then closes.
    func drain() {
        post { $0.raise(to: .draining) }
    }

    /// Closes at once; what has not left is lost.
    func abort() {
        post { $0.raise(to: .aborting) }
    }

    /// Ties the connection to its channel handler, or unties it. Only on the event loop.
    func attach(_ handler: LineChannelHandler?) {
        channelHandler.value = handler
    }
}
