/// One row of a table, shown as an example of what the table holds.
package struct SampleRow: Hashable, Sendable {
    /// In the order of the table's columns.
    package var cells: [Cell]

    /// Makes a row of its cells.
    package init(cells: [Cell]) {
        self.cells = cells
    }

    /// A value and the column it stands in.
    package struct Cell: Hashable, Sendable {
        /// The column's name.
        package var column: String
        /// What the row holds in that column.
        package var value: SampleValue

        /// Puts a value in a column.
        package init(column: String, value: SampleValue) {
            self.column = column
            self.value = value
        }
    }
}

/// A value of one of SQLite's storage classes, which hold what other databases and JSON have too.
package enum SampleValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    /// Bytes that are not shown: only how many there are.
    case blob(byteCount: Int)
}
