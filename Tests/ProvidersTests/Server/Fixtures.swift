import FoundationEssentials
import Identifiers
import Jobs
import Providers

extension TransportConfiguration {
    /// For tests: never through a proxy of the environment.
    static var direct: TransportConfiguration {
        var configuration = TransportConfiguration()
        configuration.proxy = .none
        return configuration
    }
}

/// Runs `body` with a server and a transport, and ends both after it.
func withTransport(
    _ configuration: TransportConfiguration = .direct, script: @escaping TestServer.Script,
    _ body: (TestServer, CurlTransport) async throws -> Void
) async throws {
    let server = try await TestServer.start(script)
    let transport = try CurlTransport(configuration)
    do {
        try await body(server, transport)
    } catch {
        await transport.shutdown()
        try await server.stop()
        throw error
    }
    await transport.shutdown()
    try await server.stop()
}

/// Runs `body` with a server and an adapter that calls it with the key `sk-test-0123456789`.
func withProvider(
    script: @escaping TestServer.Script, _ body: (TestServer, OpenAIProvider) async throws -> Void
) async throws {
    try await withTransport(script: script) { server, transport in
        var configuration = OpenAIConfiguration(apiKey: Secret("sk-test-0123456789"))
        configuration.address = try address(server)
        try await body(server, OpenAIProvider(configuration, over: transport, asking: transport))
    }
}

private struct NoAddress: Error {}

func address(_ server: TestServer) throws -> ServiceAddress {
    guard let address = ServiceAddress(server.url("/v1/")) else { throw NoAddress() }
    return address
}

/// A file that is gone after `body`.
func withTemporaryFile(_ content: Data, _ body: (String) async throws -> Void) async throws {
    let path = FileManager.default.temporaryDirectory.path + "/finetuned-test-\(UUID().uuidString)"
    try content.write(to: URL(filePath: path))
    do {
        try await body(path)
    } catch {
        try FileManager.default.removeItem(atPath: path)
        throw error
    }
    try FileManager.default.removeItem(atPath: path)
}

/// What `call` fails with; `nil` if it does not.
func failure<Value, Failure: Error>(_ call: () async throws(Failure) -> Value) async -> Failure? {
    do {
        _ = try await call()
        return nil
    } catch {
        return error
    }
}
