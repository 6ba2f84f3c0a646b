/// What preparing a statement against the described tables told of it.
package enum SQLInspection: Hashable, Sendable {
    /// It is one statement that only reads: these tables and views, named as their descriptions name them. A view
    /// is named along with the tables behind it.
    case reads(tables: Set<String>)
    /// It is not, for this reason.
    case invalid(reason: String)
    /// It uses a described table whose DDL does not prepare, so nobody can tell.
    case undecided(reason: String)
}
