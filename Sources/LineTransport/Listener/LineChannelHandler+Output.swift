import NIOCore

extension LineChannelHandler {
    /// Above this size lines are written from where they are, below it they are copied together.
    private static let copiedBytes = 16 << 10
    /// Bytes collected at which a turn's output leaves before its end.
    private static let earlyFlushBytes = 64 << 10

    /// Adds lines to the turn's output.
    func write(_ lines: ByteBuffer) {
        if lines.readableBytes < Self.copiedBytes {
            return write { $0.writeImmutableBuffer(lines) }
        }
        flush()
        send(lines)
    }

    /// Adds what `append` writes to the turn's output.
    func write(_ append: (inout ByteBuffer) -> Void) {
        output.append(append)
        if output.bytes.readableBytes >= Self.earlyFlushBytes {
            flush()
        }
    }

    /// Hands what was collected to the socket.
    func flush() {
        guard output.bytes.readableBytes > 0 else { return }
        send(output.bytes)
        output.recycle()
    }

    private func send(_ bytes: ByteBuffer) {
        writtenBytes += bytes.readableBytes
        context?.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
        checkUnreadBytes()
    }
}

// MARK: - What the client leaves unread

extension LineChannelHandler {
    private func checkUnreadBytes() {
        guard isBacklogged, let context else { return endUnreadDeadline() }
        let unread = unreadBytes(context)
        guard let demand = unreadOutput.demand(at: unread) else { return endUnreadDeadline() }
        if let unreadDeadline, unreadDeadline.demand.within <= demand.within { return }
        endUnreadDeadline()
        let taken = writtenBytes - unread
        let end = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(demand.within)) {
            self.closeUnless(taken: taken + demand.bytes)
        }
        unreadDeadline = (demand, end)
    }

    private func closeUnless(taken: Int) {
        unreadDeadline = nil
        guard let context else { return }
        let unread = unreadBytes(context)
        if unreadOutput.demand(at: unread) != nil, writtenBytes - unread < taken {
            service.turnedAway(connection.peer, because: .unread(bytes: unread), on: context.eventLoop)
            context.close(promise: nil)
        } else {
            checkUnreadBytes()
        }
    }

    /// The client has read enough.
    func endUnreadDeadline() {
        unreadDeadline?.end.cancel()
        unreadDeadline = nil
    }

    private func unreadBytes(_ context: ChannelHandlerContext) -> Int {
        do {
            return try context.channel.syncOptions?.getOption(.bufferedWritableBytes) ?? 0
        } catch {
            // Only a closed channel has no answer, and nothing more waits there.
            return 0
        }
    }
}
