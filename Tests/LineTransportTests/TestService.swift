import Glibc
import LineTransport
import NIOCore

// There, the tests' mutexes are those of LineTransport too.
#if !THREAD_SANITIZER
    import Synchronization
#endif

/// A service for tests. It obeys the first word of a line:
///
/// - `echo x`: answers `x` at once.
/// - `hold x`: begins a request and answers nothing until the test calls `release`.
/// - `flood n`: answers at once with `n` bytes, in lines of 1,024.
/// - `who`: answers with the peer's user, group and process id.
/// - `bye`: answers `bye` and closes.
/// - `nap`: holds up the event loop for 5 ms, as a busy machine may.
final class TestService: LineService {
    private struct State {
        var held: [(connection: LineConnection, text: String)] = []
        var connections: [LineConnection] = []
        var closedConnections = 0
        var turnedAway: [TurnedAway] = []
        var observers: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func makeHandler(for connection: LineConnection) -> any LineHandler {
        change { $0.connections.append(connection) }
        return Handler(connection: connection, service: self)
    }

    func line(for refusal: ConnectionRefusal) -> ByteBuffer {
        ByteBuffer(string: "refused: \(refusal)\n")
    }

    func turnedAway(_ peer: PeerCredentials?, because reason: TurnedAway, on eventLoop: any EventLoop) {
        eventLoop.preconditionInEventLoop()
        precondition(peer == nil || peer?.processID == getpid(), "all clients are of this process")
        change { $0.turnedAway.append(reason) }
    }

    /// Why clients were turned away, in order.
    var turnedAway: [TurnedAway] {
        state.withLock { $0.turnedAway }
    }

    /// The texts of the requests held, in the order in which they came.
    var held: [String] {
        state.withLock { $0.held.map(\.text) }
    }

    var connections: [LineConnection] {
        state.withLock { $0.connections }
    }

    var closedConnections: Int {
        state.withLock { $0.closedConnections }
    }

    /// Answers the oldest `count` requests held, from the caller's thread.
    func release(_ count: Int) {
        let released = state.withLock { state in
            defer { state.held.removeFirst(count) }
            return Array(state.held.prefix(count))
        }
        for request in released {
            request.connection.finishRequest(sending: ByteBuffer(string: request.text + "\n"))
        }
    }

    /// Returns once `condition` holds; it is looked at whenever anything changes.
    func wait(until condition: @Sendable (TestService) -> Bool) async {
        while !condition(self) {
            await withCheckedContinuation { continuation in
                state.withLock { $0.observers.append(continuation) }
                // What changed between the look and the registration woke nobody.
                if condition(self) { change { _ in } }
            }
        }
    }

    private func change(_ body: (inout State) -> Void) {
        let observers = state.withLock { state in
            body(&state)
            defer { state.observers = [] }
            return state.observers
        }
        for observer in observers {
            observer.resume()
        }
    }

    private final class Handler: LineHandler {
        private let connection: LineConnection
        private let service: TestService

        init(connection: LineConnection, service: TestService) {
            self.connection = connection
            self.service = service
        }

        func receive(_ line: ByteBuffer) {
            let words = String(buffer: line).split(separator: " ", maxSplits: 1).map(String.init)
            let argument = words.count > 1 ? words[1] : ""
            switch words[0] {
            case "echo": connection.send(writing: { $0.writeString(argument + "\n") })
            case "hold": hold(argument)
            case "flood": flood(Int(argument) ?? 0)
            case "who": answer("\(connection.peer.userID) \(connection.peer.groupID) \(connection.peer.processID)")
            case "nap": usleep(5_000)
            case "bye":
                answer("bye")
                connection.close()
            default: answer("unknown: \(words[0])")
            }
        }

        func receiveTooLongLine(byteCount: Int) {
            answer("too long: \(byteCount)")
        }

        func connectionClosed() {
            service.change { $0.closedConnections += 1 }
        }

        private func answer(_ text: String) {
            connection.send(ByteBuffer(string: text + "\n"))
        }

        private func hold(_ text: String) {
            connection.beginRequest()
            let connection = connection
            service.change { $0.held.append((connection, text)) }
        }

        private func flood(_ byteCount: Int) {
            let line = String(repeating: "x", count: 1_023) + "\n"
            for _ in 0..<(byteCount / 1_024) {
                connection.send(ByteBuffer(string: line))
            }
        }
    }
}
