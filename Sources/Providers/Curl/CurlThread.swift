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
    private var turns: RequestTurns
    private var waiting: [Submission] = []
    private var running: [Submission.ID: Running] = [:]
    private var ids: [UnsafeMutableRawPointer: Submission.ID] = [:]

    private init(_ multi: MultiHandle, _ mailbox: CurlMailbox, _ configuration: TransportConfiguration) {
        self.multi = multi
        self.mailbox = mailbox
        self.configuration = configuration
        turns = RequestTurns(
            connections: configuration.connectionsPerHost, perSecond: configuration.requestsPerSecond, from: .now)
    }

    private func run() {
        while true {
            let delivery = mailbox.take()
            waiting += delivery.arrivals
            for id in delivery.cancellations { cancel(id) }
            if delivery.isClosing { break }
            while !waiting.isEmpty, turns.begin(at: .now) { start(waiting.removeFirst()) }
            guard multi.perform() else {
                endAll(Self.outOfMemory)
                continue
            }
            while let (handle, code) = multi.nextEnded() { finish(handle, code) }
            if !multi.wait(atMost: longestWait) { endAll(Self.outOfMemory) }
        }
        endAll(.cancelled)
        for submission in waiting { answer(submission, .failure(.cancelled)) }
        mailbox.close()
    }

    private var longestWait: Duration {
        let usual = Duration.seconds(60)
        guard !waiting.isEmpty, let next = turns.next else { return usual }
        return min(usual, ContinuousClock.now.duration(to: next))
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
            turns.end(at: .now, isConnectionKept: true)
            answer(submission, .failure(error))
        }
    }

    private func answer(_ submission: Submission, _ outcome: Result<HTTPResponse, TransportError>) {
        mailbox.finish(submission.id)
        submission.reply.resume(returning: outcome)
    }

    private func cancel(_ id: Submission.ID) {
        guard let place = waiting.firstIndex(where: { $0.id == id }) else { return end(id, .failure(.cancelled)) }
        answer(waiting.remove(at: place), .failure(.cancelled))
    }

    private func finish(_ handle: UnsafeMutableRawPointer, _ code: CURLcode) {
        guard let id = ids[handle], let transfer = running[id]?.transfer else { return }
        end(id, transfer.outcome(code))
    }

    private func end(_ id: Submission.ID, _ outcome: Result<HTTPResponse, TransportError>) {
        guard let ended = running.removeValue(forKey: id) else { return }
        ids[ended.transfer.handle.pointer] = nil
        multi.remove(ended.transfer.handle)
        turns.end(at: .now, isConnectionKept: outcome.isSuccess, sendings: ended.transfer.sendings)
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

extension Result {
    fileprivate var isSuccess: Bool {
        switch self {
        case .success: true
        case .failure: false
        }
    }
}
