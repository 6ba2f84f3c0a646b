private import Glibc
import NIOCore

/// Looks out, for a moment, for the next request of a client that was just answered, before the event loop sleeps.
///
/// A client that asks one thing after the other answers a reply with its next request, within microseconds. To be woken
/// for it takes a thread longer than to answer it, the more so if its processor has gone to sleep too. So after a round
/// of the loop in which one client alone was served, and is owed nothing, its socket is polled for a while. Whoever takes
/// their time costs next to nothing: see `Chances`.
final class Lookout {
    /// Longer than a client takes that waits for nothing but us. Nobody else is served meanwhile.
    private static let patience = TimeAmount.microseconds(40)

    private let eventLoop: any EventLoop
    private var chances = Chances()
    /// Those served in this round of the loop who may ask again, and the last of them.
    private var servedInRound = 0
    private var lastServed: LineChannelHandler?

    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    /// This handler's client was served, and may ask again.
    func noteServed(_ handler: LineChannelHandler) {
        servedInRound += 1
        lastServed = handler
        guard servedInRound == 1 else { return }
        // Tasks are run when all that was ready to be read in this round has been.
        eventLoop.assumeIsolated().execute { self.endRound() }
    }

    private func endRound() {
        defer {
            servedInRound = 0
            lastServed = nil
        }
        guard servedInRound == 1, let client = lastServed, client.isIdle, chances.take() else { return }
        chances.note(wasInVain: !hasInput(client.descriptor))
    }

    private func hasInput(_ descriptor: CInt) -> Bool {
        var input = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let end = NIODeadline.now() + Self.patience
        repeat {
            if poll(&input, 1, 0) != 0 { return true }
        } while NIODeadline.now() < end
        return false
    }
}

extension Lookout {
    /// Which chances to look out are taken: after one in vain, many are let pass; after each that was not, half as many.
    /// So they are worth it where most are not in vain, and cost next to nothing elsewhere.
    struct Chances {
        private static let longestPause = 4_095

        private var pause = 0
        private var leftToPass = 0

        /// Whether to take this chance; `note` then has to follow.
        mutating func take() -> Bool {
            guard leftToPass > 0 else { return true }
            leftToPass -= 1
            return false
        }

        /// What came of the one that was taken.
        mutating func note(wasInVain: Bool) {
            pause = wasInVain ? min(16 * pause + 15, Self.longestPause) : pause / 2
            leftToPass = pause
        }
    }
}
