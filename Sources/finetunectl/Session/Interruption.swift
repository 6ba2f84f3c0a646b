import Synchronization
import UnixSignals

/// Does something until it is done, or until the user presses Ctrl-C: then returns nothing, and it is cancelled.
func untilInterrupted<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value? {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            for await _ in await UnixSignalsSequence(trapping: .sigint) { break }
            return nil
        }
        defer { group.cancelAll() }
        return try await group.next() ?? nil
    }
}

/// Does something that looks itself for Ctrl-C, to end at a good place. The second Ctrl-C cancels it.
func heedingInterruption<Value: Sendable>(
    _ body: @escaping @Sendable (Interruption) async throws -> Value
) async throws -> Value {
    let interruption = Interruption()
    return try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await body(interruption) }
        group.addTask {
            for await _ in await UnixSignalsSequence(trapping: .sigint) {
                if interruption.isWanted { break }
                interruption.want()
            }
            return nil
        }
        defer { group.cancelAll() }
        guard let value = try await group.next() ?? nil else { throw ExitStatus.interrupted }
        return value
    }
}

/// Whether the user wants something to end early.
final class Interruption: Sendable {
    private let wanted = Atomic(false)

    /// Whether it is to end at the next good place.
    var isWanted: Bool { wanted.load(ordering: .relaxed) }

    /// It is to end.
    func want() {
        wanted.store(true, ordering: .relaxed)
    }
}
