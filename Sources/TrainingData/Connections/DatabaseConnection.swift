package import Identifiers

/// A database that questions are asked about. The daemon itself opens it only where `connectionURI` names an
/// SQLite file; of any other it knows what clients describe.
package struct DatabaseConnection: Hashable, Sendable {
    /// The connection's own id.
    package let id: ObjectID
    /// The unique name that a person gave it.
    package var alias: String
    /// `sqlite:///path` or the URI of another database; `nil` where clients describe the tables.
    package var connectionURI: String?
    /// The SQL that golden records of the connection are written in.
    package var dialect: SQLDialect
    /// The schemas that matter, in the order they were sent; empty means all.
    package var schemas: [String]
    /// The provider key that jobs of this connection use before the daemon's own.
    package var sealedAPIKey: SealedSecret?
    /// Which of the database's values may leave the host.
    package var redaction: Redaction
    /// What the client keeps with the connection.
    package var metadata: JSONText?
    /// When the connection was made.
    package let createdAt: Timestamp
    /// When it was last changed.
    package var updatedAt: Timestamp

    /// Makes a connection from its parts.
    package init(
        id: ObjectID, alias: String, connectionURI: String? = nil, dialect: SQLDialect, schemas: [String] = [],
        sealedAPIKey: SealedSecret? = nil, redaction: Redaction = .masked, metadata: JSONText? = nil,
        createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.alias = alias
        self.connectionURI = connectionURI
        self.dialect = dialect
        self.schemas = schemas
        self.sealedAPIKey = sealedAPIKey
        self.redaction = redaction
        self.metadata = metadata
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

extension DatabaseConnection {
    /// Where the database is, if it is one that SQL can be run on here.
    package var uriToRunOn: String? {
        dialect == .sqlite ? connectionURI : nil
    }

    /// Whether the SQL of both is for one database.
    package func isOfSameDatabase(as other: DatabaseConnection) -> Bool {
        dialect == other.dialect && connectionURI == other.connectionURI
    }
}
