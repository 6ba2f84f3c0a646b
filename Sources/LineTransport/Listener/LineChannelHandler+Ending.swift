private import Glibc
import NIOCore

extension LineChannelHandler {
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

    /// Closes the connection if it is to end and nothing is left to do.
    func closeIfFinished() {
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
            // What came in time was not read yet if something else has held up the loop.
            self.restOfInput = self.socketHoldsInput ? .comes : .isOver
            self.takeTurn()
        }
    }

    private var socketHoldsInput: Bool {
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, CInt(MSG_PEEK | MSG_DONTWAIT)) > 0
    }

    // Closing the output alone would drop what is still unwritten, once the input is closed too.
    private func closeAfterLastWrite(_ context: ChannelHandlerContext) {
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(ByteBuffer())).whenComplete { _ in
            channel.close(promise: nil)
        }
    }
}
