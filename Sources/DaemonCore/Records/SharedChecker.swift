import Synchronization
import TrainingData

/// A checker that several threads use, one at a time.
final class SharedChecker: Sendable {
    private let checker: Mutex<GoldenRecordChecker>

    init(_ checker: sending GoldenRecordChecker) {
        self.checker = Mutex(checker)
    }

    /// The verdict on one SQL text. Waits for its turn.
    func check(_ sql: String) -> RecordCheck {
        checker.withLock { $0.check(sql).check }
    }

    /// The verdict, if it can be had at once: for a thread that must not wait.
    func checkAtOnce(_ sql: String) -> RecordCheck? {
        checker.withLockIfAvailable { $0.isQuicklyChecked(sql) ? $0.check(sql).check : nil } ?? nil
    }
}
