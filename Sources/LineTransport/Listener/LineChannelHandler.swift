import NIOCore

/// Drives one connection on its event loop: cuts what arrives into lines, hands them to the service's handler as
/// far as the limits allow, and writes what is sent.
///
/// All of it happens in turns: a burst of input is one, and so is each time that other threads have left something
/// in the outbox. A turn takes at most `LineLimits.linesPerTurn` lines and ends with one flush; what is left waits
/// for another turn, behind those of the other connections. Turns never nest.
final class LineChannelHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// The connection's socket, while this handler is in its pipeline.
    let descriptor: CInt
    private let connection: LineConnection
    private let service: any LineService
    private let limits: LineLimits
    private let unreadOutput: UnreadOutput
    private let output: OutputBuffer
    private let lookout: Lookout
    private var decoder: LineDecoder

    private var context: ChannelHandlerContext?
    private var handler: (any LineHandler)?
    private var linesLeftInTurn = LineLimits.linesPerTurn
    private var requestsInFlight = 0
    private var readIsWithheld = false
    /// Whether so much waits for the client to read that its next lines wait too.
    private var isBacklogged = false
    private var inputHasEnded = false
    private var ending = Outbox.Ending.none
    /// A client that has connected and sent nothing yet is waited for longer when the connection is to end: it was not
    /// refused, and does not expect to be left without an answer.
    private var hasReceivedLine = false
    private var isClosing = false
    private var restOfInput = RestOfInput.comes
    private var endOfPause: Scheduled<Void>?
    private var writtenBytes = 0
    private var unreadDeadline: (demand: UnreadOutput.Demand, end: Scheduled<Void>)?

    /// What a connection that is to end may still have to receive.
    private enum RestOfInput {
        /// Nothing is known of it: the kernel may hold lines that were sent before the client could know of the end.
        case comes
        /// It is being waited for: nothing has come since a moment ago.
        case isAwaited
        /// Nothing came for a while, or the client sent and sent.
        case isOver
    }

    init(
        connection: LineConnection, descriptor: CInt, service: any LineService, limits: LineLimits,
        sharing shared: LoopServices
    ) {
        self.connection = connection
        self.descriptor = descriptor
        self.service = service
        self.limits = limits
        unreadOutput = UnreadOutput(limits)
        output = shared.output
        lookout = shared.lookout
        decoder = LineDecoder(maximumLength: limits.lineBytes)
    }

    // MARK: The channel's events

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func channelActive(context: ChannelHandlerContext) {
        handler = service.makeHandler(for: connection)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        beginTurn()
        if restOfInput == .isAwaited {
            endOfPause?.cancel()
            restOfInput = .comes
        }
        decoder.append(unwrapInboundIn(data))
        deliverLines()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        endTurn()
        if isIdle { lookout.noteServed(self) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let event = event as? ChannelEvent, event == .inputClosed else {
            return context.fireUserInboundEventTriggered(event)
        }
        inputHasEnded = true
        decoder.endInput()
        takeTurn()
    }

    func read(context: ChannelHandlerContext) {
        if mayRead {
            context.read()
        } else {
            readIsWithheld = true
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isBacklogged = !context.channel.isWritable
        connection.setSocketIsBacklogged(isBacklogged)
        if !isBacklogged {
            endUnreadDeadline()
            askForTurn()
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A socket's error is its client's doing (a reset, mostly) and no news to anyone else.
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        endUnreadDeadline()
        connection.markClosed()
        connection.attach(nil)
        handler?.connectionClosed()
        handler = nil
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        // A channel that closes while it is read from does not come to the end of its turn.
        output.endLoan(to: self)
        self.context = nil
    }
}

// MARK: - Turns

extension LineChannelHandler {
    /// Whether what is sent now is collected for the end of the turn.
    var isInTurn: Bool {
        output.isLent(to: self)
    }

    /// Does what waits: the outbox, then lines that have arrived.
    func takeTurn() {
        guard handler != nil else { return }
        beginTurn()
        let contents = connection.takeOutbox()
        for lines in contents.lines {
            write(lines)
        }
        finishRequests(contents.finishedRequests)
        raise(to: contents.ending)
        deliverLines()
        endTurn()
        if !contents.lines.isEmpty {
            connection.setSocketIsBacklogged(isBacklogged)
        }
    }

    private func beginTurn() {
        guard !isInTurn else { return }
        output.lend(to: self)
        linesLeftInTurn = LineLimits.linesPerTurn
    }

    private func endTurn() {
        guard isInTurn else { return }
        flush()
        output.endLoan(to: self)
        closeIfFinished()
        goOn()
    }

    private func askForTurn() {
        connection.post { _ in }
    }

    private func deliverLines() {
        while mayDeliver, linesLeftInTurn > 0, let line = decoder.next() {
            linesLeftInTurn -= 1
            hasReceivedLine = true
            switch line {
            case .complete(let bytes): handler?.receive(bytes)
            case .tooLong(let byteCount): handler?.receiveTooLongLine(byteCount: byteCount)
            }
        }
    }

    /// After a turn: another one if lines are left, else more input.
    private func goOn() {
        if mayDeliver, decoder.hasInput {
            askForTurn()
        } else if readIsWithheld, mayRead {
            readIsWithheld = false
            context?.read()
        }
    }
}

// MARK: - Limits

extension LineChannelHandler {
    func beginRequest() {
        requestsInFlight += 1
    }

    func finishRequests(_ count: Int) {
        precondition(count <= requestsInFlight, "a request was finished that was not begun")
        requestsInFlight -= count
    }

    private var mayDeliver: Bool {
        handler != nil && !isClosing && ending < .closing && requestsInFlight < limits.requestsInFlight
            && !isBacklogged
    }

    /// Whether all that the client sent is answered, and more may come.
    var isIdle: Bool {
        context != nil && mayRead && requestsInFlight == 0
    }

    private var mayRead: Bool {
        mayDeliver && !decoder.hasInput && (ending == .none || restOfInput != .isOver)
    }

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

    private func endUnreadDeadline() {
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

// MARK: - Output

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

    private func flush() {
        guard output.bytes.readableBytes > 0 else { return }
        send(output.bytes)
        output.recycle()
    }

    private func send(_ bytes: ByteBuffer) {
        writtenBytes += bytes.readableBytes
        context?.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
        checkUnreadBytes()
    }

    /// Ends the connection, in this way or in a more urgent one that was asked for before.
    func raise(to ending: Outbox.Ending) {
        self.ending = max(self.ending, ending)
    }

    private var isFinished: Bool {
        switch ending {
        case .none: inputHasEnded && !decoder.hasInput && requestsInFlight == 0
        case .draining:
            !decoder.hasInput && requestsInFlight == 0 && (inputHasEnded || restOfInput == .isOver)
        case .closing, .aborting: true
        }
    }

    private func closeIfFinished() {
        guard let context, isFinished else { return awaitRestOfInput() }
        if ending == .aborting {
            context.close(promise: nil)
        } else if !isClosing {
            isClosing = true
            closeAfterLastWrite(context)
        }
    }

    // A drained connection closes once its client was quiet for a moment. What it sent before is received then, and
    // answered or refused by the service; for whoever goes on sending there is the listener's own deadline.
    private func awaitRestOfInput() {
        guard ending == .draining, restOfInput == .comes, !decoder.hasInput, requestsInFlight == 0, let context else {
            return
        }
        restOfInput = .isAwaited
        let pause = hasReceivedLine ? LineLimits.drainPause : limits.firstLineGrace
        endOfPause = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(pause)) {
            guard self.restOfInput == .isAwaited else { return }
            self.restOfInput = .isOver
            self.takeTurn()
        }
    }

    // Closing the output alone would drop what is still unwritten, once the input is closed too.
    private func closeAfterLastWrite(_ context: ChannelHandlerContext) {
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(ByteBuffer())).whenComplete { _ in
            channel.close(promise: nil)
        }
    }
}
