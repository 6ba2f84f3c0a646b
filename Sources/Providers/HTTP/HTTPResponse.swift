package import FoundationEssentials

/// A whole answer: the status, the header fields and the body to its last byte.
package struct HTTPResponse: Sendable, Equatable {
    /// The three-digit status code.
    package var status: Int
    /// The fields of the final answer; those of interim ones (1xx) are not among them.
    package var headers: HTTPHeaders
    /// The body, no longer than the transport's limit.
    package var body: Data

    /// An answer of these parts.
    package init(status: Int, headers: HTTPHeaders = [:], body: Data = Data()) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
