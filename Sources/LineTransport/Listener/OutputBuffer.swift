import NIOCore

/// Collects the replies of one turn, so that they leave in one write.
///
/// There is one to an event loop, lent to the connection whose turn it is: an idle connection then owns no
/// buffer, and a busy loop allocates none, since the same bytes are used again once the socket has taken them.
final class OutputBuffer {
    private(set) var bytes = ByteBuffer()
    private var owner: ObjectIdentifier?

    /// Lends the buffer, emptied, to a connection's handler. Whoever had it before has lost it.
    func lend(to handler: LineChannelHandler) {
        owner = ObjectIdentifier(handler)
        recycle()
    }

    /// Whether the buffer is lent to this handler: it is the handler's turn.
    func isLent(to handler: LineChannelHandler) -> Bool {
        owner == ObjectIdentifier(handler)
    }

    /// Takes the buffer back from a handler, if it has it. What it has not written is lost.
    func endLoan(to handler: LineChannelHandler) {
        guard isLent(to: handler) else { return }
        owner = nil
        recycle()
    }

    func append(_ write: (inout ByteBuffer) -> Void) {
        write(&bytes)
    }

    /// Empties the buffer, keeping its memory unless a write that is still under way needs it.
    func recycle() {
        if bytes.modifyIfUniquelyOwned({ $0.clear() }) == nil {
            bytes = ByteBuffer()
        }
    }
}
