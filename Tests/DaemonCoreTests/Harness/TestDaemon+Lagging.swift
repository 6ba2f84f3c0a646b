import Identifiers
import Jobs
import LineTransport
import Store

@testable import DaemonCore
@testable import FinetuneAPI

extension Setup {
    /// A daemon that ends a stream as soon as its reader is found not to read.
    static let impatient: Setup = {
        var setup = Setup()
        setup.lineLimits.unreadBytesHard = 1 << 20
        setup.lineLimits.unreadBytesSoft = 1 << 20
        setup.lineLimits.unreadGrace = .zero
        return setup
    }()
}

extension TestDaemon {
    /// Gives a finetuning more events than the buffers between the daemon and a client hold.
    func addLongEvents(to id: ObjectID, count: Int = 2_000) async throws {
        let events = (0..<count).map { number in
            ProviderEvent(
                id: ProviderEventID(rawValue: "long-\(number)"), at: Timestamp(microseconds: 0), level: .warning,
                message: "\(number) " + String(repeating: "x", count: 900))
        }
        _ = try await store.apply(
            .keyReplaced, to: id, at: Moment(now: .now, jitter: 0), policy: RetryPolicy(),
            also: ProviderNews(events: events))
    }

    /// A client that asks for a stream and reads nothing of it until the daemon has had enough.
    func lagging(on path: String) async throws -> RawConnection {
        let told = log.lines.count { $0.contains("stream_lagged") }
        let reader = try await RawConnection.connect(toUnixSocket: workplace.socketPath)
        try await reader.stopReading()
        try await reader.send(#"{"id":1,"method":"GET","path":"\#(path)"}"# + "\n")
        await log.wait(for: told + 1, containing: "stream_lagged")
        try await reader.startReading()
        return reader
    }
}
