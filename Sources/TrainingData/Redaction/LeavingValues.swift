/// The values of one column that a training file, and every prompt like its own, would take off the host.
package struct LeavingValues: Hashable, Sendable {
    /// The table's name, with its schema where it has one.
    package var table: String
    /// The column's name.
    package var column: String
    /// How many values leave: those of sample rows, and categories.
    package var count: Int
    /// Whether they are likely to be about persons.
    package var isPersonal: Bool
    /// How they leave.
    package var form: Form

    /// How values leave the host. The raw value is the word of the wire.
    package enum Form: String, CaseIterable, Hashable, Sendable {
        /// As they are.
        case plain
        /// Their shape alone.
        case masked
    }

    /// What of the tables would leave in prompts of this detail, in the order of tables and columns.
    package static func all(
        of tables: [TableDescription], _ redaction: Redaction, in detail: PromptDetail
    ) -> [LeavingValues] {
        tables.flatMap { table in
            let personal = PersonalColumns(of: table)
            return table.redacted(redaction).shownValueCounts(in: detail).map { column, count in
                let isPersonal = personal.contains(column)
                return LeavingValues(
                    table: table.qualifiedName, column: column, count: count, isPersonal: isPersonal,
                    form: isPersonal && redaction == .masked ? .masked : .plain)
            }
        }
    }
}

extension TableDescription {
    /// How many values of which columns a prompt of this detail shows, in the order of the columns.
    fileprivate func shownValueCounts(in detail: PromptDetail) -> [(column: String, count: Int)] {
        var counts: [String: Int] = [:]
        var order = columns.map(\.name)
        if detail.showsCategories {
            for column in columns { counts[column.name, default: 0] += column.categories?.count ?? 0 }
        }
        if detail.showsSampleRows {
            for cell in sampleRows.flatMap(\.cells) where cell.value != .null {
                if counts[cell.column] == nil { order.append(cell.column) }
                counts[cell.column, default: 0] += 1
            }
        }
        return order.compactMap { name in
            guard let count = counts.removeValue(forKey: name), count > 0 else { return nil }
            return (name, count)
        }
    }
}
