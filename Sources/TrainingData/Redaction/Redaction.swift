/// Which of a database's values may leave the host, in prompts as in training files. The raw value is the word of the
/// wire and of the store.
///
/// Values are those of sample rows and the categories of columns. Names, DDL, descriptions, questions and golden SQL
/// leave whatever this says: they are what is trained on.
package enum Redaction: String, CaseIterable, Hashable, Sendable {
    /// No values.
    case nothing = "none"
    /// Values, of which those of columns that are likely personal show their shape alone.
    case masked
    /// Values as they are.
    case full
}

extension TableDescription {
    /// The description with no more values than may leave the host.
    package func redacted(_ redaction: Redaction) -> TableDescription {
        switch redaction {
        case .full: return self
        case .nothing:
            var table = self
            table.sampleRows = []
            for index in table.columns.indices { table.columns[index].categories = nil }
            return table
        case .masked: return masking(PersonalColumns(of: self))
        }
    }

    private func masking(_ personal: PersonalColumns) -> TableDescription {
        var table = self
        for index in table.columns.indices where personal.contains(table.columns[index].name) {
            table.columns[index].categories = table.columns[index].categories.map(ValueMask.distinctShapes)
        }
        for row in table.sampleRows.indices {
            for cell in table.sampleRows[row].cells.indices {
                let column = table.sampleRows[row].cells[cell].column
                guard personal.contains(column) else { continue }
                table.sampleRows[row].cells[cell].value = ValueMask.shape(of: table.sampleRows[row].cells[cell].value)
            }
        }
        return table
    }
}
