import Logging
import Synchronization

/// Every line that a daemon logs, metadata included.
final class CapturedLog: Sendable {
    private struct State {
        var lines: [String] = []
        var waiting: [(text: String, count: Int, continuation: CheckedContinuation<Void, Never>)] = []

        func count(of text: String) -> Int { lines.count { $0.contains(text) } }
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
            let isThere = state.withLock { state in
                if state.count(of: text) >= count { return true }
                state.waiting.append((text, count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    private func add(_ line: String) {
        let found = state.withLock { state in
            state.lines.append(line)
            let found = state.waiting.filter { state.count(of: $0.text) >= $0.count }
            state.waiting.removeAll { state.count(of: $0.text) >= $0.count }
            return found
        }
        for waiter in found { waiter.continuation.resume() }
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
