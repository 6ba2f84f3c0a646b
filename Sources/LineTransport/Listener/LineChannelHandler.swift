import NIOCore

/// Drives one connection on its event loop: cuts what arrives into lines, hands them to the service's handler as
/// far as the limits allow, and writes what is sent.
///
/// All of it happens in turns: a burst of input is one, and so is each time that other threads have left something
/// in the outbox. A turn takes at most `LineLimits.linesPerTurn` lines and ends with one flush; what is left waits
/// for another turn, behind those of the other connections. Turns never nest.
///
/// Its state and the channel's events are here. What it does with them is told by subject: `+Turns`, `+Output` with what
/// a client may leave unread, `+Ending`.
final class LineChannelHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// The connection's socket, while this handler is in its pipeline.
    let descriptor: CInt
    let connection: LineConnection
    let service: any LineService
    let limits: LineLimits
    let unreadOutput: UnreadOutput
    let output: OutputBuffer
    let lookout: Lookout
    var decoder: LineDecoder

    var context: ChannelHandlerContext?
    var handler: (any LineHandler)?
    var linesLeftInTurn = LineLimits.linesPerTurn
    var requestsInFlight = 0
    var readIsWithheld = false
    /// Whether so much waits for the client to read that its next lines wait too.
    var isBacklogged = false
    var inputHasEnded = false
    var ending = Outbox.Ending.none
    /// A client that has connected and sent nothing yet is waited for longer when the connection is to end: it was not
    /// refused, and does not expect to be left without an answer.
    var hasReceivedLine = false
    var isClosing = false
    var restOfInput = RestOfInput.comes
    var endOfPause: Scheduled<Void>?
    var writtenBytes = 0
    var unreadDeadline: (demand: UnreadOutput.Demand, end: Scheduled<Void>)?

    /// What a connection that is to end may still have to receive.
    enum RestOfInput {
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
        endOfPause?.cancel()
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
