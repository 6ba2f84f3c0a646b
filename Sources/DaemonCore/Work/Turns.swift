import Synchronization

/// Lets so much work be under way; whoever wants more waits for a turn without a thread.
final class Turns<Party: Hashable & Sendable>: Sendable {
    private let order: Mutex<TurnOrder<Party>>

    init(limits: TurnLimits) {
        order = Mutex(TurnOrder(limits: limits))
    }

    /// Does the work once it is the party's turn. Throws `CancellationError` for a task that is cancelled before, and
    /// `TooManyWait`.
    func inTurn<Value>(of party: Party, _ work: () async throws -> Value) async throws -> Value {
        try await takeTurn(party)
        defer { order.withLock { $0.finish(party) }?.resume() }
        // What nobody waits for any more when its turn comes is not done.
        try Task.checkCancellation()
        return try await work()
    }

    private func takeTurn(_ party: Party) async throws {
        let ticket: TurnOrder<Party>.Ticket
        switch order.withLock({ $0.ask(party) }) {
        case .go: return
        case .wait(let given): ticket = given
        case .full: throw TooManyWait()
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isOver = order.withLock { $0.wait(ticket, continuation) }
                if isOver { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            order.withLock { $0.leave(ticket) }?.resume(throwing: CancellationError())
        }
    }
}

/// As many wait for a turn as may.
struct TooManyWait: Error {}
