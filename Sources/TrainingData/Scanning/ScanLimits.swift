/// How much work and how many values a scan may spend.
package struct ScanLimits: Hashable, Sendable {
    /// The whole scan; past it the scan throws `timedOut`.
    package var time: Duration = .seconds(60)
    /// How long to wait for another program that has locked the database.
    package var lockWait: Duration = .seconds(3)
    /// Distinct values above which a column is not of low cardinality.
    package var categories = 60
    /// UTF-8 bytes of one value above which a column's values are text to read, not categories.
    package var categoryBytes = 120
    /// Rows of one table looked at for categories; in a longer table only columns found too varied are decided.
    package var rowsPerTable = 1_000_000
    /// Time spent on one table's categories; columns undecided by then are not listed.
    package var timePerTable: Duration = .seconds(5)
    /// Sample rows taken of each table.
    package var sampleRows = 3
    /// UTF-8 bytes of a sample text; longer ones are cut and end in `…`.
    package var sampleTextBytes = 240

    /// The limits of the daemon.
    package static let `default` = ScanLimits()

    /// The default limits, to be changed one by one.
    package init() {}
}
