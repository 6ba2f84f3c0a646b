import Identifiers
import Logging
import Store

/// Forgets what was kept long enough: at the start, and once an hour.
package struct Pruning: Sendable {
    private static let pause = Duration.seconds(3_600)
    // Few enough that other writes hardly wait for them: an evaluation has thousands of answers and events.
    private static let questionsAtATime = 200
    private static let evaluationsAtATime = 1

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
                let count = try await all(Self.questionsAtATime) {
                    try await store.prunePrompts(before: now.advanced(by: .zero - age), limit: $0)
                }
                note(count, "questions")
            }
            if let age = retention.evaluations {
                let count = try await all(Self.evaluationsAtATime) {
                    try await store.pruneEvaluations(before: now.advanced(by: .zero - age), limit: $0)
                }
                note(count, "evaluations")
            }
        } catch StoreError.closed {
            return
        } catch {
            logger.warning("what is too old cannot be forgotten now: \(error)")
        }
    }

    private func all(_ limit: Int, _ batch: (Int) async throws -> Int) async throws -> Int {
        var sum = 0
        while !Task.isCancelled {
            let count = try await batch(limit)
            sum += count
            if count < limit { break }
        }
        return sum
    }

    private func note(_ count: Int, _ what: String) {
        if count > 0 { logger.info("forgot \(count) \(what) that were kept long enough") }
    }
}
