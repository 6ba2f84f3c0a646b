internal import CCurl
internal import Synchronization

/// A request on its way to the curl thread.
struct Submission: Sendable {
    /// Counts requests from 0.
    typealias ID = UInt64
    typealias Reply = CheckedContinuation<Result<HTTPResponse, TransportError>, Never>

    let id: ID
    let request: HTTPRequest
    let watcher: BodyWatcher?
    let reply: Reply
}

/// What callers and the curl thread share: requests that wait to be taken, cancellations, and how far the shutdown is.
///
/// A request is announced before it is submitted, so that a cancellation in between finds it.
final class CurlMailbox: Sendable {
    /// What the curl thread has to do next.
    struct Delivery {
        var arrivals: [Submission]
        var cancellations: [Submission.ID]
        var isClosing: Bool
    }

    private enum Phase {
        case open
        case closing
        case closed
    }

    private enum Ticket {
        case announced
        case cancelledBeforeSubmission
        case submitted
    }

    private struct State {
        var phase = Phase.open
        var nextID: Submission.ID = 0
        var tickets: [Submission.ID: Ticket] = [:]
        var arrivals: [Submission] = []
        var cancellations: [Submission.ID] = []
        var shutdownWaiters: [CheckedContinuation<Void, Never>] = []
    }

    private let multi: MultiHandle
    private let state = Mutex(State())

    init(waking multi: MultiHandle) {
        self.multi = multi
    }

    /// A number for a request that will be submitted.
    func announce() -> Submission.ID {
        state.withLock { state in
            defer { state.nextID += 1 }
            state.tickets[state.nextID] = .announced
            return state.nextID
        }
    }

    /// Hands an announced request over, or answers it at once if it was cancelled or comes too late.
    func submit(_ submission: Submission) {
        let refusal: TransportError? = state.withLock { state in
            let ticket = state.tickets.removeValue(forKey: submission.id)
            guard ticket != .cancelledBeforeSubmission else { return .cancelled }
            guard state.phase == .open else { return .beforeSending(.shutDown) }
            state.tickets[submission.id] = .submitted
            state.arrivals.append(submission)
            multi.wake()
            return nil
        }
        if let refusal { submission.reply.resume(returning: .failure(refusal)) }
    }

    /// Ends a request, wherever it is. One that has ended is left alone.
    func cancel(_ id: Submission.ID) {
        state.withLock { state in
            switch state.tickets[id] {
            case .announced:
                state.tickets[id] = .cancelledBeforeSubmission
            case .submitted where state.phase != .closed:
                state.cancellations.append(id)
                multi.wake()
            case .submitted, .cancelledBeforeSubmission, nil:
                break
            }
        }
    }

    /// Takes all that has come since the last time. For the curl thread.
    func take() -> Delivery {
        state.withLock { state in
            defer {
                state.arrivals = []
                state.cancellations = []
            }
            return Delivery(
                arrivals: state.arrivals, cancellations: state.cancellations, isClosing: state.phase != .open)
        }
    }

    /// Forgets a request that was answered. For the curl thread.
    func finish(_ id: Submission.ID) {
        state.withLock { state in
            state.tickets[id] = nil
        }
    }
}

extension CurlMailbox {
    /// Refuses further requests and has the curl thread end.
    func startClosing() {
        state.withLock { state in
            guard state.phase == .open else { return }
            state.phase = .closing
            multi.wake()
        }
    }

    /// Returns once the curl thread has freed what it held.
    func closed() async {
        await withCheckedContinuation { waiter in
            let isClosed = state.withLock { state in
                guard state.phase != .closed else { return true }
                state.shutdownWaiters.append(waiter)
                return false
            }
            if isClosed { waiter.resume() }
        }
    }

    /// Frees the multi handle and tells those who wait for it. For the curl thread, as its last act.
    func close() {
        // Under the lock, because whoever wakes the handle holds it too: nobody wakes a handle that is freed.
        let waiters = state.withLock { state in
            state.phase = .closed
            multi.free()
            defer { state.shutdownWaiters = [] }
            return state.shutdownWaiters
        }
        for waiter in waiters { waiter.resume() }
    }
}
