import ArgumentParser
import FinetuneAPI
import Identifiers
import LineTransport

/// What people call a described table: its id, or its connection and name: `shop/orders`.
enum TableReference: Equatable, Sendable, ExpressibleByArgument {
    case id(ObjectID)
    case name(connection: Reference, table: String)

    init?(argument: String) {
        if let id = ObjectID(argument) {
            self = .id(id)
            return
        }
        let parts = argument.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2, let connection = Reference(argument: parts[0]) else { return nil }
        self = .name(connection: connection, table: parts[1])
    }
}

extension Session {
    /// The id of the described table that people call so.
    func tableID(_ reference: TableReference) async throws -> ObjectID {
        switch reference {
        case .id(let id): return id
        case .name(let connection, let name):
            let id = try await connectionID(connection)
            let tables = try await tables(of: id)
            if let found = tables.first(where: { $0.qualifiedName == name || $0.tableName == name }) { return found.id }
            let nearest = NearestName.of(name, among: tables.map(\.tableName)).map { ": did you mean \"\($0)\"?" } ?? ""
            let error = APIError(
                .tableDescriptionNotFound, "no table \"\(name)\" is described\(nearest)",
                remedy: "See them all: finetunectl table list \(id)", detail: ["table_name": .string(name)])
            throw ClientError.refused(status: error.code.status, error)
        }
    }

    private func tables(of connection: ObjectID) async throws -> [TableDescription] {
        try await everyPage { page in
            let query = ConnectionPaging(databaseConnection: connection, page: page, limit: Page.greatestLimit)
            return try await ask(Routes.listTables, query: query)
        }.response
    }
}

extension TableDescription {
    /// The table's name, with its schema where it has one.
    var qualifiedName: String { schemaName.map { "\($0).\(tableName)" } ?? tableName }
}
