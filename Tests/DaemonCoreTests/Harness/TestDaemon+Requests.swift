import Identifiers
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

extension TestDaemon {
    /// Another connection to the daemon.
    func connect() async throws -> FinetuneClient {
        try await FinetuneClient.connect(toUnixSocket: workplace.socketPath)
    }

    func send(_ method: FinetuneAPI.Method, _ path: String, _ body: JSONValue? = nil) async throws -> Reply {
        try await client.send(method, "/api/v1" + path, body: body)
    }

    /// The refusal of a request, in the documented form.
    func refusal(
        _ method: FinetuneAPI.Method, _ path: String, _ body: JSONValue? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> APIError {
        try await send(method, path, body).refusal(sourceLocation: sourceLocation)
    }

    /// Everything that clients can read of what the daemon keeps.
    func everything() async throws -> [JSONValue] {
        var lists: [JSONValue] = []
        let paths = [
            "database-connections", "table-descriptions", "golden-records", "finetunings", "prompts",
            "sql-generations",
        ]
        for path in paths {
            lists.append(try await send(.get, "/\(path)?limit=1000").body)
        }
        return lists
    }
}

extension Reply {
    /// The refusal that this reply is, with the documented status and keys.
    func refusal(sourceLocation: SourceLocation = #_sourceLocation) throws -> APIError {
        let error = try #require(
            #expect(throws: ClientError.self, sourceLocation: sourceLocation) { try response(JSONValue.self) })
        guard case .refused(let status, let refusal) = error else { throw error }
        #expect(status == refusal.code.status, sourceLocation: sourceLocation)
        #expect(
            body.object?.members.map(\.name) == ["error_code", "message", "description", "detail"],
            sourceLocation: sourceLocation)
        #expect(!refusal.message.isEmpty && !refusal.remedy.isEmpty, sourceLocation: sourceLocation)
        return refusal
    }
}
