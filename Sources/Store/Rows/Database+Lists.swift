import GRDB
import Identifiers

/// Which part of a table a list is of. The columns' names are constants of this target, never a client's words.
struct ListFilter {
    private(set) var conditions: [String] = []
    private(set) var arguments: [any DatabaseValueConvertible] = []

    /// Leaves only the rows with this value; all of them for `nil`.
    func with(_ column: String, _ value: (any DatabaseValueConvertible)?) -> ListFilter {
        guard let value else { return self }
        var filter = self
        filter.conditions.append("\(column) = ?")
        filter.arguments.append(value)
        return filter
    }

    func clause(and more: String? = nil) -> String {
        let all = conditions + (more.map { [$0] } ?? [])
        return all.isEmpty ? "" : " WHERE " + all.joined(separator: " AND ")
    }
}

extension Database {
    /// How many rows of a table pass a filter.
    func count(of table: String, _ filter: ListFilter = ListFilter()) throws -> Int {
        try one("SELECT COUNT(*) FROM \(table)\(filter.clause())", StatementArguments(filter.arguments)) ?? 0
    }

    /// The rows of one page, in the order of ids, of a table that may have millions of them: to count those takes longer
    /// than to find a page that is not far behind.
    func rows(of table: String, _ filter: ListFilter, on page: PageRequest) throws -> [Row] {
        let total = page.offset < StateSchema.recordsInBlock ? .max : try count(of: table, filter)
        return try rows(of: table, filter, on: page, total: total)
    }

    /// The rows of one page, in the order of ids. `total` is how many rows pass the filter.
    ///
    /// The page's first id is found in an index alone, from the nearer end, and the rows are read from there on.
    func rows(of table: String, _ filter: ListFilter, on page: PageRequest, total: Int) throws -> [Row] {
        guard page.offset < total else { return [] }
        let isNearEnd = page.offset > total / 2
        let order = isNearEnd ? "id DESC" : "id"
        let distance = isNearEnd ? total - 1 - page.offset : page.offset
        let firstID = "SELECT id FROM \(table)\(filter.clause()) ORDER BY \(order) LIMIT 1 OFFSET ?"
        return try all(
            "SELECT * FROM \(table)\(filter.clause(and: "id >= (\(firstID))")) ORDER BY id LIMIT ?",
            StatementArguments(filter.arguments + filter.arguments + [distance, page.limit]))
    }
}
