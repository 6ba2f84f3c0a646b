import Identifiers
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

/// A request that is refused with a certain code.
struct RefusalCase: Sendable, CustomTestStringConvertible {
    let code: ErrorCode
    /// What is wrong with the request.
    let fault: String
    let setup: Setup
    let ask: @Sendable (Grounds) async throws -> Reply

    var testDescription: String { "\(code.rawValue): \(fault)" }

    init(
        _ code: ErrorCode, _ fault: String, _ setup: Setup = Setup(),
        ask: @escaping @Sendable (Grounds) async throws -> Reply
    ) {
        self.code = code
        self.fault = fault
        self.setup = setup
        self.ask = ask
    }

    /// A request whose body the case makes.
    init(
        _ code: ErrorCode, _ fault: String, _ method: FinetuneAPI.Method, _ path: String,
        _ body: @escaping @Sendable (Grounds) async throws -> JSONValue?
    ) {
        self.init(code, fault) { try await $0.daemon.send(method, path, try await body($0)) }
    }

    /// A request of which all is known beforehand.
    init(
        _ code: ErrorCode, _ fault: String, _ method: FinetuneAPI.Method, _ path: String, body: JSONValue? = nil
    ) {
        self.init(code, fault) { try await $0.daemon.send(method, path, body) }
    }

    /// A line that the real client would not send.
    init(_ code: ErrorCode, _ fault: String, line: String) {
        self.init(code, fault) { grounds in
            let raw = try await RawConnection.connect(toUnixSocket: grounds.daemon.workplace.socketPath)
            try await raw.send(line + "\n")
            let reply = try #require(try await raw.reply())
            // The connection goes on at the next line.
            try await raw.send(#"{"id":"next","method":"GET","path":"/api/v1/heartbeat"}"# + "\n")
            let next = try await raw.reply()
            #expect(next?.id == .string("next") && next?.status == 200)
            try await raw.close()
            return reply
        }
    }
}
