import FinetuneAPI
import LineTransport
import NIOCore
import Synchronization

@testable import finetunectl

/// A daemon that a test plays: it answers each request with what the test's script says.
final class PlayedDaemon: Sendable {
    /// What becomes of a connection after a request.
    enum Answer: Sendable {
        /// One line.
        case reply(status: Int, JSONValue)
        /// A line of status 206 for each, then the last, if there is one; without it the connection breaks.
        case stream([JSONValue], end: JSONValue?)
        /// A line of status 206 for each, then a refusal.
        case brokenOff([JSONValue], status: Int, JSONValue)
    }

    typealias Script = @Sendable (Request) -> Answer

    private let script: Script
    private let requests = Mutex<[Request]>([])

    private init(script: @escaping Script) {
        self.script = script
    }

    /// Plays while `body` runs a command's session; returns what it printed and what was asked. With `typed`, somebody
    /// sits at a terminal and types that.
    static func run(
        json: Bool = false, typed: String? = nil, _ script: @escaping Script, _ body: (Session) async throws -> Void
    ) async throws -> Performance {
        let daemon = PlayedDaemon(script: script)
        let path = "/tmp/ctl-\(UInt64.random(in: 0 ... .max)).sock"
        let listener = try await LineListener.start(on: .path(path), service: daemon)
        let streams = try await CapturedStreams.make(typed: typed ?? "")
        var terminal = Terminal.none
        terminal.canAsk = typed != nil
        let console = Console(
            terminal: terminal, results: streams.results, remarks: streams.remarks, answers: streams.answers)
        var failure: (any Error)?
        do {
            let session = try await Session.open(.chosen(path), console: console, wantsJSON: json)
            try await body(session)
            await session.close()
        } catch {
            failure = error
        }
        try await listener.shutdown(within: .seconds(1))
        let (output, remarks) = try await streams.texts()
        return Performance(
            output: output, remarks: remarks, failure: failure, requests: daemon.requests.withLock { $0 })
    }
}

/// What a command did.
struct Performance {
    let output: String
    let remarks: String
    let failure: (any Error)?
    let requests: [Request]

    /// The status with which the program would end.
    var status: Int32 { failure.map { ExitReport($0).status } ?? 0 }
}

extension PlayedDaemon: LineService {
    func makeHandler(for connection: LineConnection) -> any LineHandler {
        Handler(daemon: self, connection: connection)
    }

    func line(for refusal: ConnectionRefusal) -> ByteBuffer { ByteBuffer() }

    func turnedAway(_ peer: PeerCredentials?, because reason: TurnedAway, on eventLoop: any EventLoop) {}

    private final class Handler: LineHandler {
        private let daemon: PlayedDaemon
        private let connection: LineConnection

        init(daemon: PlayedDaemon, connection: LineConnection) {
            self.daemon = daemon
            self.connection = connection
        }

        func receive(_ line: ByteBuffer) {
            let reading = line.withUnsafeReadableBytes { bytes in
                Result { try Request(line: bytes.assumingMemoryBound(to: UInt8.self)) }
            }
            guard case .success(let request) = reading else { return connection.close() }
            daemon.requests.withLock { $0.append(request) }
            switch daemon.script(request) {
            case .reply(let status, let body): send(request, status, body)
            case .stream(let bodies, let end):
                bodies.forEach { send(request, Reply.partial, $0) }
                if let end { send(request, 200, end) } else { connection.close() }
            case .brokenOff(let bodies, let status, let refusal):
                bodies.forEach { send(request, Reply.partial, $0) }
                send(request, status, refusal)
            }
        }

        private func send(_ request: Request, _ status: Int, _ body: JSONValue) {
            connection.send(ByteBuffer(bytes: Reply.line(id: request.id, status: status, body: body.bytes)))
        }

        func receiveTooLongLine(byteCount: Int) {}
        func connectionClosed() {}
    }
}

/// Files that stand for standard output, standard error and standard input.
@BlockingIO
private struct CapturedStreams {
    let results: OpenFile
    let remarks: OpenFile
    let answers: OpenFile

    nonisolated static func make(typed: String) async throws -> CapturedStreams {
        let answers = try await OpenFile.temporary(in: "/tmp")
        try await answers.write(Array(typed.utf8))
        try await answers.rewind()
        return try await CapturedStreams(
            results: .temporary(in: "/tmp"), remarks: .temporary(in: "/tmp"), answers: answers)
    }

    func texts() throws -> (results: String, remarks: String) {
        answers.close()
        return (try Self.text(of: results), try Self.text(of: remarks))
    }

    private static func text(of file: OpenFile) throws -> String {
        try file.rewind()
        var bytes: [UInt8] = []
        while true {
            let chunk = try file.read(upTo: 1 << 16)
            if chunk.isEmpty { break }
            bytes += chunk
        }
        file.close()
        return String(decoding: bytes, as: UTF8.self)
    }
}
