internal import Jobs
internal import Synchronization

/// The daemon's own key, which a reload may replace while calls are under way.
final class ReplaceableKey: Sendable {
    private let key: Mutex<Secret?>

    init(_ key: Secret?) {
        self.key = Mutex(key)
    }

    /// The key for the next call.
    var current: Secret? {
        key.withLock { $0 }
    }

    func replace(with key: Secret?) {
        self.key.withLock { $0 = key }
    }
}
