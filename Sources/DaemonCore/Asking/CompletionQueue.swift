import FinetuneAPI
import Jobs
import Synchronization

/// Lets so many questions to a provider's models be under way; the others wait for their turn without a thread, and
/// beyond a number of them new ones are refused.
///
/// Users take turns, so that nobody waits behind all of another's questions.
final class CompletionQueue: Sendable {
    private let pacings: ProviderPacings
    private let turns: Mutex<[ProviderName: Turns<UInt32>]> = Mutex([:])

    init(pacings: ProviderPacings) {
        self.pacings = pacings
    }

    /// Does the work once it is the user's turn. Throws `CancellationError` for a task that is cancelled before, and
    /// `too_many_requests`.
    func inTurn<Value>(
        of user: UInt32, at provider: ProviderName, _ work: () async throws -> Value
    ) async throws -> Value {
        let limits = pacings[provider].completions
        do {
            return try await turns(limits, at: provider).inTurn(of: user, work)
        } catch is TooManyWait {
            throw APIError(
                .tooManyRequests, "\(limits.waiting) questions wait for \(provider) already",
                remedy: "Ask again in a moment, or raise providers.\(provider).waiting_completions.",
                detail: ["limit": .number(JSONNumber(limits.waiting))])
        }
    }

    private func turns(_ limits: CompletionLimits, at provider: ProviderName) -> Turns<UInt32> {
        turns.withLock { turns in
            if let known = turns[provider] { return known }
            let new = Turns<UInt32>(limits: TurnLimits(places: limits.concurrency, waiting: limits.waiting))
            turns[provider] = new
            return new
        }
    }
}
