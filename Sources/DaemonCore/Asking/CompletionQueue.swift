import FinetuneAPI
import Jobs
import Synchronization

/// Lets so many questions to a provider's models be under way; the others wait for their turn without a thread, and
/// beyond a number of them new ones are refused.
///
/// Users take turns, so that nobody waits behind all of another's questions.
final class CompletionQueue: Sendable {
    private let pacings: ProviderPacings
    private let turns: Mutex<[ProviderName: CompletionTurns]> = Mutex([:])

    init(pacings: ProviderPacings) {
        self.pacings = pacings
    }

    /// Does the work once it is the user's turn. Throws `CancellationError` for a task that is cancelled before, and
    /// `too_many_requests`.
    func inTurn<Value>(
        of user: UInt32, at provider: ProviderName, _ work: () async throws -> Value
    ) async throws -> Value {
        try await takeTurn(user, provider)
        defer { giveTurn(at: provider) }
        // Whoever went away before its turn came is not asked for.
        try Task.checkCancellation()
        return try await work()
    }

    private func takeTurn(_ user: UInt32, _ provider: ProviderName) async throws {
        let ticket = try admit(user, at: provider)
        guard let ticket else { return }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isOver = turns.withLock { $0[provider]?.wait(ticket, continuation) ?? false }
                if isOver { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            turns.withLock { $0[provider]?.leave(ticket) }?.resume(throwing: CancellationError())
        }
    }

    private func admit(_ user: UInt32, at provider: ProviderName) throws(APIError) -> CompletionTurns.Ticket? {
        let limits = pacings[provider].completions
        let outcome = turns.withLock { $0[provider, default: CompletionTurns(limits: limits)].ask(user) }
        switch outcome {
        case .go: return nil
        case .wait(let ticket): return ticket
        case .full:
            throw APIError(
                .tooManyRequests, "\(limits.waiting) questions wait for \(provider) already",
                remedy: "Ask again in a moment, or raise providers.\(provider).waiting_completions.",
                detail: ["limit": .number(JSONNumber(limits.waiting))])
        }
    }

    private func giveTurn(at provider: ProviderName) {
        turns.withLock { $0[provider]?.next() }?.resume()
    }
}

/// Whose turn it is at one provider. Decides alone; whoever holds it resumes those whom it names.
struct CompletionTurns {
    typealias Continuation = CheckedContinuation<Void, any Error>

    /// A place among those who wait.
    struct Ticket: Hashable, Sendable {
        fileprivate let user: UInt32
        fileprivate let number: Int
    }

    enum Outcome {
        case go
        case wait(Ticket)
        case full
    }

    /// What is known of somebody who waits.
    private enum Waiter {
        /// It has a ticket, and is about to wait.
        case arriving
        case waiting(Continuation)
        /// Its turn came before it waited.
        case called
        /// It left before it waited.
        case gone
    }

    private let limits: CompletionLimits
    private var underWay = 0
    private var lastNumber = 0
    private var waiters: [Ticket: Waiter] = [:]
    /// Those who wait, each user's first come, first served.
    private var queues: [UInt32: [Ticket]] = [:]
    /// The users of whom somebody waits, in the order of their turns.
    private var users: [UInt32] = []

    init(limits: CompletionLimits) {
        self.limits = limits
    }

    /// Somebody wants a turn.
    mutating func ask(_ user: UInt32) -> Outcome {
        if underWay < limits.concurrency {
            underWay += 1
            return .go
        }
        guard waiters.count < limits.waiting else { return .full }
        lastNumber += 1
        let ticket = Ticket(user: user, number: lastNumber)
        waiters[ticket] = .arriving
        if queues[user, default: []].isEmpty { users.append(user) }
        queues[user, default: []].append(ticket)
        return .wait(ticket)
    }

    /// The holder of a ticket waits from now on. Whether it has left already; one that was called is resumed at once.
    mutating func wait(_ ticket: Ticket, _ continuation: Continuation) -> Bool {
        switch waiters[ticket] {
        case .arriving: waiters[ticket] = .waiting(continuation)
        case .called:
            waiters[ticket] = nil
            continuation.resume()
        case .gone:
            waiters[ticket] = nil
            return true
        case .waiting, nil: preconditionFailure("a ticket is waited for once")
        }
        return false
    }

    /// The holder of a ticket waits no longer. Whom to resume.
    mutating func leave(_ ticket: Ticket) -> Continuation? {
        switch waiters[ticket] {
        case .arriving:
            remove(ticket)
            waiters[ticket] = .gone
            return nil
        case .waiting(let continuation):
            remove(ticket)
            waiters[ticket] = nil
            return continuation
        case .called, .gone, nil: return nil
        }
    }

    /// Somebody is done. Whom to resume.
    mutating func next() -> Continuation? {
        guard let user = users.first, let ticket = queues[user]?.first else {
            underWay -= 1
            return nil
        }
        remove(ticket)
        // The user's others come after those of everybody else.
        if let place = users.firstIndex(of: user) {
            users.remove(at: place)
            users.append(user)
        }
        guard case .waiting(let continuation) = waiters[ticket] else {
            waiters[ticket] = .called
            return nil
        }
        waiters[ticket] = nil
        return continuation
    }

    private mutating func remove(_ ticket: Ticket) {
        queues[ticket.user]?.removeAll { $0 == ticket }
        guard queues[ticket.user]?.isEmpty == true else { return }
        queues[ticket.user] = nil
        users.removeAll { $0 == ticket.user }
    }
}
