import Logging
import Synchronization

/// Every line that a daemon logs, metadata included.
final class CapturedLog: Sendable {
    private struct Waiter {
        let text: String
        let count: Int
        let continuation: CheckedContinuation<Void, Never>

        func isServed(by lines: [String]) -> Bool { lines.count { $0.contains(text) } >= count }
    }

    private struct State {
        var lines: [String] = []
        var waiting: [Waiter] = []

        mutating func takeServed() -> [Waiter] {
            let lines = lines
            defer { waiting.removeAll { $0.isServed(by: lines) } }
            return waiting.filter { $0.isServed(by: lines) }
        }
    }

    private let state = Mutex(State())

    var lines: [String] { state.withLock { $0.lines } }

    var logger: Logger {
        var logger = Logger(label: "test") { _ in Handler(log: self) }
        logger.logLevel = .trace
        return logger
    }

    /// Waits until there are so many lines with this text.
    func wait(for count: Int, containing text: String) async {
        await withCheckedContinuation { continuation in
            serve { $0.waiting.append(Waiter(text: text, count: count, continuation: continuation)) }
        }
    }

    private func add(_ line: String) {
        serve { $0.lines.append(line) }
    }

    private func serve(_ change: (inout State) -> Void) {
        let served = state.withLock { state in
            change(&state)
            return state.takeServed()
        }
        for waiter in served { waiter.continuation.resume() }
    }

    private struct Handler: LogHandler {
        let log: CapturedLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            log.add("\(event.level): \(event.message) \(event.metadata ?? [:])")
        }
    }
}
