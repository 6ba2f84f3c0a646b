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

/// Does something that looks itself whether it is to end early, to end at a good place. The first Ctrl-C or SIGTERM has
/// it look, once that is told; the second cancels it.
func heedingInterruption<Value: Sendable>(
    telling tell: @escaping @Sendable () async -> Void,
    _ body: @escaping @Sendable (Interruption) async throws -> Value
) async throws -> Value {
    let interruption = Interruption()
    return try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await body(interruption) }
        group.addTask {
            for await signal in await UnixSignalsSequence(trapping: .sigint, .sigterm) {
                if interruption.isWanted { break }
                interruption.want(because: signal == .sigterm ? .terminated : .interrupted)
                await tell()
            }
            return nil
        }
        defer { group.cancelAll() }
        while let end = try await group.next() {
            if let value = end { return value }
            // What is under way ends at once, and says itself how far it came.
            group.cancelAll()
        }
        throw interruption.status
    }
}

/// Whether the user wants something to end early.
final class Interruption: Sendable {
    private let wish = Mutex<ExitStatus?>(nil)

    /// Whether it is to end at the next good place.
    var isWanted: Bool { wish.withLock { $0 != nil } }

    /// With what the program ends then.
    var status: ExitStatus { wish.withLock { $0 } ?? .interrupted }

    /// It is to end, with this status.
    func want(because status: ExitStatus = .interrupted) {
        wish.withLock { $0 = status }
    }
}
