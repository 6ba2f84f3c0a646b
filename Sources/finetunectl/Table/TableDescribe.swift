import ArgumentParser
import FinetuneAPI
import Identifiers
import LineTransport

/// `finetunectl table describe`
struct TableDescribe: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "Push the description of tables that the daemon cannot read itself.",
        discussion: """
            The file holds one JSON object a table, or an array of them:

              {"table_name": "orders", "table_schema": "CREATE TABLE orders (id INTEGER, total NUMERIC)",
               "description": "…", "columns": [{"name": "id", "data_type": "INTEGER"}], "examples": []}

            Examples:
              finetunectl table describe sales orders.json
              jq .tables catalogue.json | finetunectl table describe sales
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The connection's id or alias.")
    var connection: Reference

    @Argument(help: "The file; - is standard input.", completion: .file())
    var file = "-"

    func run(in session: Session) async throws {
        let name = file == "-" ? "standard input" : file
        let json = try JSONArgument.value(try await InputText.bytes(of: file), in: name)
        let id = try await session.connectionID(connection)
        let tables = try (json.array ?? [json]).enumerated().map { place, table in
            try Self.described(table, as: id, in: json.array == nil ? name : "\(name), element \(place + 1)")
        }
        var bodies: [JSONValue] = []
        var described: [TableDescription] = []
        for table in tables {
            let signature = Routes.createTable.signature
            let reply = try await session.send(
                Request(method: signature.method, path: signature.path.path(nil), body: table))
            described.append(try reply.response())
            bodies.append(reply.body)
        }
        let body = json.array == nil ? bodies[0] : .array(bodies)
        try await session.show(Answer(body: body, response: described)) { TextTable(tables: $0).text(on: $1) }
    }

    // Sent as it stands in the file, so that the daemon can name a key that it does not know.
    private static func described(_ table: JSONValue, as connection: ObjectID, in name: String) throws -> JSONValue {
        guard case .object(var object) = table else {
            throw LocalProblem("\(name): a table is described by an object, not \(table.kind)")
        }
        object["db_connection_id"] = .string(connection.description)
        return .object(object)
    }
}
