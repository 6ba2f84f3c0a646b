internal import CSQLite

/// What SQLite's memory costs, in time and in bytes.
package enum SQLiteMemory {
    private static let configured: Void = {
        _ = csqlite_keep_memory_by_thread()
    }()

    /// Has each thread keep the memory of SQLite's small objects, and SQLite count it by thread, so that threads do not
    /// wait for each other at each of them. It does so if it was not used before.
    package static func keepByThread() {
        configured
    }

    /// The bytes that this thread took for SQLite and did not give back: to be compared with what they were before.
    static var held: Int64 { csqlite_memory_held() }
}
