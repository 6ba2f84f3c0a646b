/// The system could not give what a transport needs: a thread, memory or descriptors.
package struct TransportUnavailable: Error, CustomStringConvertible {
    /// A sentence without a full stop, fit for a user.
    package var description: String { "the system has no thread, memory or descriptors left for the HTTP transport" }
}

/// Sees each piece of a body as it comes, on the transport's own thread, which it must not keep.
package typealias BodyWatcher = @Sendable (UnsafeRawBufferPointer) -> Void

/// HTTP over libcurl: one thread drives every request, and callers wait for theirs without blocking a thread.
///
/// Redirects are not followed and nothing is retried. Call `shutdown` before letting go of it, to know that its thread
/// has ended; without it the thread ends some time later.
package final class CurlTransport: Sendable {
    private let mailbox: CurlMailbox

    /// Starts the thread.
    package init(_ configuration: TransportConfiguration = TransportConfiguration()) throws(TransportUnavailable) {
        guard let multi = MultiHandle(connectionsPerHost: configuration.connectionsPerHost) else {
            throw TransportUnavailable()
        }
        mailbox = CurlMailbox(waking: multi)
        guard CurlThread.start(multi, mailbox, configuration) else {
            mailbox.close()
            throw TransportUnavailable()
        }
    }

    deinit {
        mailbox.startClosing()
    }

    /// Sends a request and returns the whole answer, whatever its status.
    ///
    /// Cancelling the caller's task ends the request with `cancelled`, also if it was cancelled before the call.
    /// `watcher` sees the body of a successful answer while it comes.
    package func send(
        _ request: HTTPRequest, watching watcher: BodyWatcher? = nil
    ) async throws(TransportError) -> HTTPResponse {
        let id = mailbox.announce()
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { reply in
                mailbox.submit(Submission(id: id, request: request, watcher: watcher, reply: reply))
            }
        } onCancel: {
            mailbox.cancel(id)
        }
        return try outcome.get()
    }

    /// Ends every request under way with `cancelled` and returns when the thread has freed all that it held.
    /// Requests that come later fail with `shutDown`. It may be called more than once, and at the same time.
    package func shutdown() async {
        mailbox.startClosing()
        await mailbox.closed()
    }
}
