package import FoundationEssentials
package import Jobs

/// A request to send. Its description shows the method and the address without the query, and nothing else.
package struct HTTPRequest: Sendable {
    /// What is asked of the resource.
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case delete = "DELETE"
    }

    /// What is sent with the request.
    package enum Body: Sendable {
        case none
        /// Bytes held in memory.
        case bytes(Data, contentType: String)
        /// `multipart/form-data`, its files streamed from disk.
        case multipart([Part])
    }

    /// One part of a multipart body.
    package enum Part: Sendable {
        /// A form field.
        case field(name: String, value: String)
        /// The file at `path`, announced to the server as `filename`.
        case file(name: String, path: String, filename: String, contentType: String)
    }

    /// The method.
    package var method: Method
    /// The absolute address, `http` or `https`, percent-encoded.
    package var url: String
    /// The fields to send besides those that follow from the body.
    package var headers: HTTPHeaders
    /// The token for `Authorization: Bearer`.
    package var bearer: Secret?
    /// The body.
    package var body: Body
    /// The longest time from start to end, in place of the transport's.
    package var timeout: Duration?
    /// Whether nothing is lost if it arrives twice. Then a POST too is sent again when a connection that was kept open
    /// closes before the answer's first byte.
    package var mayBeSentTwice: Bool

    /// A request; without arguments besides its method and address, a bare one.
    package init(
        _ method: Method, _ url: String, headers: HTTPHeaders = [:], bearer: Secret? = nil, body: Body = .none,
        timeout: Duration? = nil, mayBeSentTwice: Bool = false
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.bearer = bearer
        self.body = body
        self.timeout = timeout
        self.mayBeSentTwice = mayBeSentTwice
    }
}

extension HTTPRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `POST https://api.example.com/v1/files`: no query, header or body.
    package var description: String {
        "\(method.rawValue) \(url.prefix { $0 != "?" && $0 != "#" })"
    }

    /// The same as `description`.
    package var debugDescription: String { description }

    /// A mirror without children, so that `dump` shows the description alone.
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension HTTPRequest {
    /// Whether the server is on the loopback interface, which no proxy elsewhere can reach.
    var staysOnThisHost: Bool {
        guard let host = URL(string: url)?.host() else { return false }
        return host == "localhost" || host == "::1" || host == "[::1]" || host.hasPrefix("127.")
    }
}
