package import Identifiers

/// A question about a database, as somebody asked it.
package struct Prompt: Hashable, Sendable {
    /// Its id.
    package let id: ObjectID
    /// The question.
    package let text: String
    /// The database that it is about.
    package let connection: ObjectID
    /// The schemas whose tables its answers may use; the model's own, or the connection's, where empty.
    package let schemas: [String]
    /// The user's own notes: the text of a JSON object, or nothing.
    package var metadata: String?
    /// When it was asked.
    package let createdAt: Timestamp

    /// A question.
    package init(
        id: ObjectID, text: String, connection: ObjectID, schemas: [String], metadata: String?, createdAt: Timestamp
    ) {
        self.id = id
        self.text = text
        self.connection = connection
        self.schemas = schemas
        self.metadata = metadata
        self.createdAt = createdAt
    }
}
