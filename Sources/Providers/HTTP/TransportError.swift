/// Why a request has no answer. No case carries anything of the request's headers or body.
package enum TransportError: Error, Equatable, Sendable {
    /// The request never left this host, so the server cannot have handled it.
    case beforeSending(BeforeSending)
    /// The request left, and no whole answer came: the server may have handled it.
    case answerLost(AnswerLost)
    /// The caller's task was cancelled, or the transport was shut down. How far the request came is not known.
    case cancelled
    /// The answer's body is longer than `limit` bytes; the server has handled the request.
    case answerTooLarge(limit: Int)
    /// A file of the body could not be opened, or turned out shorter while it was read: the server has no whole request.
    case unreadableFile(path: String)

    /// Why a request never left.
    package enum BeforeSending: Equatable, Sendable {
        case nameNotResolved
        case proxyNameNotResolved
        /// The proxy answered, and did not connect to the server.
        case proxyRefused
        case connectionRefused
        case connectTimeout
        /// The TLS handshake failed, a certificate that is not trusted included.
        case tlsFailed
        /// The configured file of certificate authorities could not be read.
        case unreadableAuthorities
        /// An address that is none, a scheme besides http and https, or a header that would not stay on its line.
        case malformedRequest
        /// The transport was shut down before.
        case shutDown
        /// Another failure, by curl's number for it.
        case other(code: Int)
    }

    /// Why an answer did not come whole.
    package enum AnswerLost: Equatable, Sendable {
        /// The time allowed ran out, or the answer came slower than the lowest speed allowed.
        case timeout
        /// The connection ended before the answer's first byte, or was reset.
        case connectionLost
        /// The connection ended in the middle of the answer.
        case truncated
        /// What came is no HTTP.
        case malformedAnswer
        /// Another failure, by curl's number for it.
        case other(code: Int)
    }

    /// Whether the server may have done what the request asked. `false` only where that is certain.
    package var mayHaveBeenHandled: Bool {
        switch self {
        case .beforeSending, .unreadableFile: false
        case .answerLost, .cancelled, .answerTooLarge: true
        }
    }
}

extension TransportError: CustomStringConvertible {
    /// A sentence without a full stop, fit for a user.
    package var description: String {
        switch self {
        case .beforeSending(let reason): "\(reason)"
        case .answerLost(let reason): "\(reason)"
        case .cancelled: "the request was cancelled"
        case .answerTooLarge(let limit): "the answer is longer than \(limit) bytes"
        case .unreadableFile(let path): "the file \(path) could not be read to its end"
        }
    }
}

extension TransportError.BeforeSending: CustomStringConvertible {
    /// A sentence without a full stop, fit for a user.
    package var description: String {
        switch self {
        case .nameNotResolved: "the host's name could not be resolved"
        case .proxyNameNotResolved: "the proxy's name could not be resolved"
        case .proxyRefused: "the proxy refused to connect"
        case .connectionRefused: "no connection could be made"
        case .connectTimeout: "no connection could be made in the time allowed"
        case .tlsFailed: "no trusted TLS connection could be made"
        case .unreadableAuthorities: "the file of certificate authorities could not be read"
        case .malformedRequest: "the address or a header of the request is malformed"
        case .shutDown: "the transport is shut down"
        case .other(let code): "the request could not be sent (curl \(code))"
        }
    }
}

extension TransportError.AnswerLost: CustomStringConvertible {
    /// A sentence without a full stop, fit for a user.
    package var description: String {
        switch self {
        case .timeout: "no answer came in the time allowed"
        case .connectionLost: "the connection was lost before an answer came"
        case .truncated: "the connection was lost in the middle of the answer"
        case .malformedAnswer: "what came back is no HTTP"
        case .other(let code): "the answer was lost (curl \(code))"
        }
    }
}
