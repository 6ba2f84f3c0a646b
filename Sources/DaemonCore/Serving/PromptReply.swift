import FinetuneAPI

/// The one line of a request's answer, which leaves at the moment of the commit that it tells of, from the thread that
/// committed: the request's own task learns of the commit later, in its turn, and has nothing to add.
struct PromptReply<Response: Encodable & SendableMetatype>: Sendable {
    private let status: Int
    private let stream: ReplyStream

    init(status: Int, stream: ReplyStream) {
        self.status = status
        self.stream = stream
    }

    /// The reply's body, as JSON: made before the commit, which others wait for.
    func body(_ response: Response) throws -> [UInt8] {
        try WireEncoder().encode(response)
    }

    /// Sends it: once, and nothing may go wrong with the request any more.
    func send(_ body: [UInt8]) {
        stream.finish(status: status, body: body)
    }
}
