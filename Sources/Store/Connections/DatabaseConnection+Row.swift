import FoundationEssentials
import GRDB
import Identifiers
import TrainingData

extension DatabaseConnection {
    static let table = "database_connections"

    init(_ row: Row) throws {
        let reader = RowReader(table: Self.table, row: row)
        self.init(
            id: try reader.value("id"), alias: try reader.value("alias"),
            connectionURI: try reader.optional("connection_uri"), dialect: try reader.word("dialect"),
            schemas: try reader.json("schemas"), sealedAPIKey: try SealedSecret(reader),
            redaction: try reader.word("redaction"),
            metadata: try reader.optional("metadata").map(JSONText.init(text:)),
            createdAt: try reader.value("created_at"), updatedAt: try reader.value("updated_at"))
    }

    /// By name, for the statements that write the row.
    func columns() throws -> StatementArguments {
        [
            "id": id, "alias": alias, "connection_uri": connectionURI, "dialect": dialect.rawValue,
            "schemas": try StoredJSON.text(schemas), "api_key_ciphertext": sealedAPIKey.map { Data($0.ciphertext) },
            "api_key_hint": sealedAPIKey?.hint, "redaction": redaction.rawValue, "metadata": metadata?.text,
            "created_at": createdAt, "updated_at": updatedAt,
        ]
    }
}

extension SealedSecret {
    fileprivate init?(_ reader: RowReader) throws {
        guard let ciphertext: Data = try reader.optional("api_key_ciphertext") else { return nil }
        self.init(ciphertext: Array(ciphertext), hint: try reader.value("api_key_hint"))
    }
}
