/// What a query's result is, the rows themselves forgotten.
package struct QueryResult: Hashable, Sendable {
    /// How many rows were given.
    package var rowCount: Int
    /// Whether the database has more rows than the limit.
    package var isCut: Bool
    /// Whether there is no row, or no value in any but NULL.
    package var holdsNoValue: Bool
    /// Whether the SQL says in which order its rows come.
    package var ordersRows: Bool
    /// What tells this result from others; `nil` for one that was cut, of which nobody can tell.
    package var digest: ResultDigest?
}
