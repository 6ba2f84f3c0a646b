import FinetuneAPI
import Identifiers

extension TextTable {
    /// Golden records, one a row.
    init(records: [GoldenRecord]) {
        self.init(
            columns: [.fixed("ID"), .fixed("CHECK"), .flexible("QUESTION"), .flexible("SQL")],
            rows: records.map { record in
                [
                    Cell(record.id.description), Cell(record.check.status.rawValue, record.check.status.style),
                    Cell(record.promptText), Cell(record.sql),
                ]
            },
            absence: "No golden records. Add some: finetunectl record import CONNECTION FILE")
    }
}

extension FieldList {
    /// One golden record.
    init(_ record: GoldenRecord) {
        self.init()
        let reason = record.check.reason.map { ": \($0)" } ?? ""
        add("id", record.id.description)
        add("connection", record.databaseConnection.description)
        add("check", record.check.status.rawValue + reason, record.check.status.style)
        add("run", record.check.execution.text)
        add("metadata", record.metadata?.text)
        add("created", record.createdAt.readable)
        add("updated", record.updatedAt.readable)
        addBlock("question", record.promptText)
        addBlock("sql", record.sql)
    }
}

extension RecordCheck.Status {
    fileprivate var style: Style {
        switch self {
        case .valid: .good
        case .invalid: .bad
        case .unchecked: .plain
        }
    }
}

extension RecordExecution {
    fileprivate var text: String {
        switch state {
        case .unavailable: "not run"
        case .waiting: "waits to be run"
        case .done:
            [
                outcome?.rawValue.replacing("_", with: " "), rows.map { "\($0) rows" }, at.map(\.readable),
            ].compactMap(\.self).joined(separator: ", ")
        }
    }
}
