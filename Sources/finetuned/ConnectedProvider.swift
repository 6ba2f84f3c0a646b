import Providers

/// A configured provider over a transport of its own, so that no provider waits for another's connections or thread.
struct ConnectedProvider {
    let provider: OpenAIProvider
    let transport: CurlTransport

    /// Throws `StartFailure`.
    init(_ name: String, _ configuration: DaemonConfiguration) throws {
        let transport = try StartFailure.explaining { () throws(TransportUnavailable) in
            try CurlTransport(TransportConfiguration(configuration.providers[name]))
        }
        self.transport = transport
        provider = OpenAIProvider(try OpenAIConfiguration(name, of: configuration), over: transport)
    }
}
