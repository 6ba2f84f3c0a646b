internal import CSQLite

/// What SQLite's memory costs, in time and in bytes.
package enum SQLiteMemory {
    private static let configured: Void = {
        _ = csqlite_count_memory_by_thread()
    }()

    /// Has SQLite count its memory by thread, so that threads do not wait for each other at each small object. It does
    /// so if it was not used before.
    package static func countByThread() {
        configured
    }

    /// The bytes that this thread took for SQLite and did not give back: to be compared with what they were before.
    static var held: Int64 { csqlite_memory_held() }
}
