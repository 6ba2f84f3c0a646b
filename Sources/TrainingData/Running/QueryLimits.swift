/// How much a query of somebody else's may spend.
///
/// SQLite looks at time and memory between the instructions of its own machine. A single instruction is bounded by
/// `cellBytes`, and by `GuardedFunction` where that is not enough: with the default, the slowest (`json_patch` of one
/// long object on another) takes about a second.
package struct QueryLimits: Hashable, Sendable {
    /// Time that SQLite works on the query. What the caller does between two rows does not count.
    package var time: Duration = .seconds(5)
    /// How long to wait for another program that has locked the database.
    package var lockWait: Duration = .seconds(1)
    /// Rows given; a query that has more is cut short there.
    package var rows = 10_000
    /// Bytes of a text or blob, be it in the result or on the way to it.
    package var cellBytes = 128 << 10
    /// Bytes by which the memory of SQLite may grow in this process while the query runs: what it sorts, groups and
    /// keeps for later. Nothing is written to temporary files.
    package var memoryBytes: Int64 = 128 << 20

    /// The limits of the daemon.
    package static let `default` = QueryLimits()

    /// The default limits, to be changed one by one.
    package init() {}
}
