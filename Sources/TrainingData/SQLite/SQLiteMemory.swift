internal import CSQLite

/// What SQLite's memory costs, in time and in bytes.
package enum SQLiteMemory {
    // SQLite cuts a part of it into small slots by itself.
    private static let slotBytes: Int32 = 5_000

    /// Slots enough for the statements that are prepared here, mostly.
    package static let preparing: Int32 = 80
    /// Slots enough for the values of a batch of rows that are inserted.
    package static let inserting: Int32 = 300

    private static let configured: Void = {
        _ = csqlite_count_memory_by_thread()
    }()

    /// Has SQLite count its memory by thread, so that threads do not wait for each other at each small object. It does
    /// so if it was not used before.
    package static func countByThread() {
        configured
    }

    /// Gives an open connection that has done nothing yet so many slots for small objects. One that has keeps what it
    /// has, which costs speed alone.
    package static func reserve(slots: Int32, on connection: OpaquePointer) {
        _ = csqlite_set_lookaside(connection, slotBytes, slots)
    }

    /// The bytes that this thread took for SQLite and did not give back: to be compared with what they were before.
    static var held: Int64 { csqlite_memory_held() }
}
