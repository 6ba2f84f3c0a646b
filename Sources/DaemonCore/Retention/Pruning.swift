import Identifiers
import Logging
import Store

/// Forgets what was kept long enough: at the start, and once an hour.
package struct Pruning: Sendable {
    private static let pause = Duration.seconds(3_600)
    // Few enough that other writes do not wait for them.
    private static let batch = 200

    let store: StateStore
    let retention: Retention
    let logger: Logger

    /// Works until the task is cancelled.
    package func run() async {
        while !Task.isCancelled {
            await prune(at: .now)
            do { try await Task.sleep(for: Self.pause) } catch { return }
        }
    }

    /// Forgets what is too old in this moment.
    func prune(at now: Timestamp) async {
        do {
            if let age = retention.prompts {
                let count = try await all {
                    try await store.prunePrompts(before: now.advanced(by: .zero - age), limit: Self.batch)
                }
                note(count, "questions")
            }
            if let age = retention.evaluations {
                let count = try await all {
                    try await store.pruneEvaluations(before: now.advanced(by: .zero - age), limit: Self.batch)
                }
                note(count, "evaluations")
            }
        } catch StoreError.closed {
            return
        } catch {
            logger.warning("what is too old cannot be forgotten now: \(error)")
        }
    }

    private func all(_ batch: () async throws -> Int) async throws -> Int {
        var sum = 0
        while !Task.isCancelled {
            let count = try await batch()
            sum += count
            if count < Self.batch { break }
        }
        return sum
    }

    private func note(_ count: Int, _ what: String) {
        if count > 0 { logger.info("forgot \(count) \(what) that were kept long enough") }
    }
}
