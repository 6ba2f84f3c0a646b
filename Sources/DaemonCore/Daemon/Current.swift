import Synchronization

/// A setting that a reload may replace.
final class Current<Value: Sendable>: Sendable {
    private let value: Mutex<Value>

    init(_ value: Value) {
        self.value = Mutex(value)
    }

    /// The value as it is now.
    var now: Value {
        value.withLock { $0 }
    }

    func replace(with value: Value) {
        self.value.withLock { $0 = value }
    }
}
