import FinetuneAPI
import Identifiers

extension TextTable {
    /// Databases, one a row.
    init(connections: [DatabaseConnection]) {
        self.init(
            columns: [.fixed("ID"), .flexible("ALIAS"), .fixed("DIALECT"), .flexible("URI")],
            rows: connections.map { connection in
                [
                    Cell(connection.id.description), Cell(connection.alias), Cell(connection.dialect),
                    Cell(connection.connectionURI ?? "-"),
                ]
            },
            absence: "No connections. Add one: finetunectl connection add --alias NAME --uri FILE")
    }
}

extension FieldList {
    /// One database.
    init(_ connection: DatabaseConnection) {
        self.init()
        add("id", connection.id.description)
        add("alias", connection.alias)
        add("uri", connection.connectionURI ?? "none: push its tables with `finetunectl table describe`")
        add("dialect", connection.dialect)
        add("schemas", connection.schemas.isEmpty ? "all" : connection.schemas.joined(separator: ", "))
        add("values that may leave", connection.redaction.readable)
        add("provider key", connection.llmAPIKey ?? "the daemon's")
        add("metadata", connection.metadata?.text)
        add("created", connection.createdAt.readable)
        add("updated", connection.updatedAt.readable)
    }
}

extension Redaction {
    /// The word, and what it means.
    var readable: String {
        switch self {
        case .nothing: "none"
        case .masked: "masked: of columns that are likely personal only the shape"
        case .full: "full: as they are"
        }
    }
}
