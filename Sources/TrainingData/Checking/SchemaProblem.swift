/// A described table that SQLite could not be told about.
package struct SchemaProblem: Hashable, Sendable {
    /// The table's name as its description gives it.
    package var tableName: String
    /// What is wrong with its DDL.
    package var reason: String
}
