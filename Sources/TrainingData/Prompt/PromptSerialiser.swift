internal import Crypto

/// Makes the prompt of a question: the same one for a training example and for an agent that asks the tuned model.
package struct PromptSerialiser: Sendable {
    /// Raised with every change to what is written for the same input, for a model answers well only to the prompts
    /// that it was trained with.
    package static let version = 1

    /// The serialiser has nothing to configure.
    package init() {}

    /// Renders the instruction and the tables. The tables stand in the order of their schemas and names, whatever
    /// the order they come in; those that a scan no longer found are left out.
    package func schemaPart(tables: [TableDescription], dialect: SQLDialect) -> SchemaPart {
        let shown = tables.filter { $0.status != .deprecated }.sorted(by: Self.standsBefore)
        let schema = shown.map { TableRendering($0).text }
        let body = schema.isEmpty ? [SQLComment.line("no tables are described")] : schema
        return SchemaPart(
            systemMessage: ([instruction(for: dialect)] + body).joined(separator: "\n\n"),
            tables: shown.map { ShownTable(name: $0.tableName, qualifiedName: $0.qualifiedName) })
    }

    /// The prompt of a question about tables that are already rendered.
    package func messages(question: String, schema: SchemaPart) -> PromptMessages {
        PromptMessages(system: schema.systemMessage, user: Self.trimmed(question))
    }

    /// The prompt of one question.
    package func messages(question: String, tables: [TableDescription], dialect: SQLDialect) -> PromptMessages {
        messages(question: question, schema: schemaPart(tables: tables, dialect: dialect))
    }

    /// 64 hexadecimal digits that change with the serialiser's version and with anything that a prompt would show
    /// of the tables or the dialect: the SHA-256 of both.
    package func fingerprint(tables: [TableDescription], dialect: SQLDialect) -> String {
        fingerprint(of: schemaPart(tables: tables, dialect: dialect))
    }

    /// The fingerprint of tables that are already rendered.
    package func fingerprint(of schema: SchemaPart) -> String {
        var hash = SHA256()
        hash.update(data: Array("prompt serialiser \(Self.version)\n".utf8))
        hash.update(data: Array(schema.systemMessage.utf8))
        return hash.finalize().hexadecimal
    }

    private func instruction(for dialect: SQLDialect) -> String {
        """
        You translate questions about a \(dialect.displayName) database into SQL.
        Answer with one \(dialect.displayName) statement that only reads, and use only the tables described here. \
        Write the SQL alone, without explanation and without Markdown.
        """
    }

    private static func standsBefore(_ left: TableDescription, _ right: TableDescription) -> Bool {
        (left.schemaName ?? "", left.tableName, left.id) < (right.schemaName ?? "", right.tableName, right.id)
    }

    /// The text without white space around it, as questions and their SQL stand in prompts and training files.
    static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }
}

/// The two messages that a model gets before it answers.
package struct PromptMessages: Hashable, Sendable {
    /// The instruction and the tables.
    package var system: String
    /// The question.
    package var user: String
}
