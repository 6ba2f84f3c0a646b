import Providers

/// A configured provider over transports of its own, so that no provider waits for another's connections or threads.
struct ConnectedProvider {
    let provider: OpenAIProvider
    private let transports: [CurlTransport]

    /// Throws `StartFailure`.
    init(_ name: String, _ configuration: DaemonConfiguration) throws {
        let provider = configuration.providers[name]
        let jobs = try Self.transport(TransportConfiguration(provider))
        let questions = try Self.transport(.asking(provider))
        transports = [jobs, questions]
        self.provider = OpenAIProvider(
            OpenAIConfiguration(name, of: configuration), over: jobs, asking: questions)
    }

    /// Ends its calls and threads.
    func shutdown() async {
        for transport in transports { await transport.shutdown() }
    }

    private static func transport(_ configuration: TransportConfiguration) throws -> CurlTransport {
        try StartFailure.explaining { () throws(TransportUnavailable) in try CurlTransport(configuration) }
    }
}
