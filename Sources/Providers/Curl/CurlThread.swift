internal import CCurl

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Musl
#endif

/// The thread that owns the multi handle and every transfer.
///
/// It is a POSIX thread: Foundation's `Thread` would add all of Foundation to a daemon that needs its essentials only,
/// and a task would block a thread of the cooperative pool in `curl_multi_poll`.
final class CurlThread {
    private struct Running {
        let transfer: CurlTransfer
        let reply: Submission.Reply
    }

    private let multi: MultiHandle
    private let mailbox: CurlMailbox
    private let configuration: TransportConfiguration
    private var running: [Submission.ID: Running] = [:]
    private var ids: [UnsafeMutableRawPointer: Submission.ID] = [:]

    private init(_ multi: MultiHandle, _ mailbox: CurlMailbox, _ configuration: TransportConfiguration) {
        self.multi = multi
        self.mailbox = mailbox
        self.configuration = configuration
    }

    private func run() {
        while true {
            let delivery = mailbox.take()
            for submission in delivery.arrivals { start(submission) }
            for id in delivery.cancellations { end(id, .failure(.cancelled)) }
            if delivery.isClosing { break }
            guard multi.perform() else {
                endAll(Self.outOfMemory)
                continue
            }
            while let (handle, code) = multi.nextEnded() { finish(handle, code) }
            if !multi.wait() { endAll(Self.outOfMemory) }
        }
        endAll(.cancelled)
        mailbox.close()
    }

    // All that is left to go wrong with a multi handle that is used as it should be.
    private static let outOfMemory = TransportError.answerLost(.other(code: Int(CURLE_OUT_OF_MEMORY.rawValue)))

    private func start(_ submission: Submission) {
        do throws(TransportError) {
            let transfer = try CurlTransfer(submission.request, configuration, submission.watcher)
            guard multi.add(transfer.handle) else { throw TransportError(CURLE_OUT_OF_MEMORY, wasSent: false) }
            running[submission.id] = Running(transfer: transfer, reply: submission.reply)
            ids[transfer.handle.pointer] = submission.id
        } catch {
            mailbox.finish(submission.id)
            submission.reply.resume(returning: .failure(error))
        }
    }

    private func finish(_ handle: UnsafeMutableRawPointer, _ code: CURLcode) {
        guard let id = ids[handle], let transfer = running[id]?.transfer else { return }
        end(id, transfer.outcome(code))
    }

    private func end(_ id: Submission.ID, _ outcome: Result<HTTPResponse, TransportError>) {
        guard let ended = running.removeValue(forKey: id) else { return }
        ids[ended.transfer.handle.pointer] = nil
        multi.remove(ended.transfer.handle)
        mailbox.finish(id)
        ended.reply.resume(returning: outcome)
    }

    private func endAll(_ error: TransportError) {
        for id in Array(running.keys) { end(id, .failure(error)) }
    }
}

extension CurlThread {
    /// Starts a thread that ends after `CurlMailbox.startClosing`. `false` if the system has no thread left.
    static func start(_ multi: MultiHandle, _ mailbox: CurlMailbox, _ configuration: TransportConfiguration) -> Bool {
        let thread = Unmanaged.passRetained(CurlThread(multi, mailbox, configuration))
        var handle = pthread_t()
        let code = pthread_create(
            &handle, nil,
            { context in
                CurlThread.blockSignals()
                guard let context else { preconditionFailure("the thread started without its context") }
                Unmanaged<CurlThread>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, thread.toOpaque())
        guard code == 0 else {
            thread.release()
            return false
        }
        pthread_detach(handle)
        return true
    }

    /// Leaves signals to the other threads. A write by the TLS library to a closed connection raises SIGPIPE in spite
    /// of `CURLOPT_NOSIGNAL`; blocked, it has no effect.
    private static func blockSignals() {
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
    }
}
