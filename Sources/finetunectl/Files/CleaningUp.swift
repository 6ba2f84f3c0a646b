import Dispatch
import Glibc
import Synchronization

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

    /// A new file beside another, which is taken away again when a signal comes, from its first moment on.
    static func file(besides path: String) throws(SystemCallError) -> (file: OpenFile, path: String, CleaningUp) {
        let made = MadePath()
        let removal = CleaningUp { made.remove() }
        do {
            let (file, name) = try made.keep { () throws(SystemCallError) in try OpenFile.create(besides: path) }
            return (file, name, removal)
        } catch {
            removal.leave()
            throw error
        }
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

/// The path of a file, once there is one. Whoever would remove it meanwhile waits until it is known.
private final class MadePath: Sendable {
    private let path = Mutex<String?>(nil)

    func keep(
        _ make: () throws(SystemCallError) -> (file: OpenFile, path: String)
    ) throws(SystemCallError) -> (file: OpenFile, path: String) {
        try path.withLock { path throws(SystemCallError) in
            let made = try make()
            path = made.path
            return made
        }
    }

    func remove() {
        path.withLock { path in
            if let path { unlink(path) }
        }
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
