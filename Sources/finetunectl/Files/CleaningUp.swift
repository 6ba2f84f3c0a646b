import Dispatch
import Glibc

/// Puts something right that must not stay as it is once the program ends: when it is done with, or when a signal ends
/// the program before.
@BlockingIO
final class CleaningUp {
    private static let signals = [SIGHUP, SIGINT, SIGQUIT, SIGTERM]

    private let cleanUp: @Sendable () -> Void
    private var watches: [Watch] = []

    /// From now on one of the signals has this done first, and ends the program then as it would have done.
    init(_ cleanUp: @escaping @Sendable () -> Void) {
        self.cleanUp = cleanUp
        watches = Self.signals.compactMap { Watch(for: $0, cleanUp) }
    }

    /// Does it, and leaves signals alone from now on.
    func finish() {
        cleanUp()
        leave()
    }

    /// Leaves things as they are, and signals alone.
    func leave() {
        watches.forEach { $0.end() }
        watches = []
    }
}

/// One signal that is waited for.
private struct Watch {
    private let signal: CInt
    private let source: any DispatchSourceSignal

    /// Nothing where the signal is ignored, as under nohup(1), and goes on being so.
    init?(for number: CInt, _ cleanUp: @escaping @Sendable () -> Void) {
        var former = sigaction()
        sigaction(number, nil, &former)
        guard former.__sigaction_handler.sa_handler == nil else { return nil }
        // What waits for a signal gets it only where the signal itself does nothing.
        Glibc.signal(number, SIG_IGN)
        signal = number
        source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler {
            cleanUp()
            Glibc.signal(number, SIG_DFL)
            kill(getpid(), number)
        }
        source.resume()
    }

    func end() {
        source.cancel()
        Glibc.signal(signal, SIG_DFL)
    }
}
