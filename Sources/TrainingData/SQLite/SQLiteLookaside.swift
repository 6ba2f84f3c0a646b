internal import CSQLite

/// The memory that a connection keeps for small objects.
///
/// What does not fit there comes from the process's memory, which SQLite counts under one mutex, so that connections
/// on different threads wait for each other at every object.
package enum SQLiteLookaside {
    // SQLite cuts a part of it into small slots by itself.
    private static let slotBytes: Int32 = 5_000

    /// Enough for the statements that are prepared here, mostly.
    package static let preparing: Int32 = 80
    /// Enough for the values of a batch of rows that are inserted.
    package static let inserting: Int32 = 300

    /// Gives an open connection that has done nothing yet so many slots. One that has keeps what it has, which costs
    /// speed alone.
    package static func reserve(slots: Int32, on connection: OpaquePointer) {
        _ = csqlite_set_lookaside(connection, slotBytes, slots)
    }
}
