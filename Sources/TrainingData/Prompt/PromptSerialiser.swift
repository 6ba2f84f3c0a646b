internal import Crypto

/// Writes prompts: the same for a training example and for an agent that asks the tuned model.
///
/// It says how a prompt is written; what goes into one is decided by `PromptFitter`.
package enum PromptSerialiser {
    /// Raised with every change to what is written for the same input, for a model answers well only to the prompts
    /// that it was trained with.
    package static let version = 2

    /// What stands between the instruction and the tables, and between tables.
    static let separator = "\n\n"

    /// The tables that prompts may show, in the order in which they stand there: by schema and name, whatever the
    /// question. Those that a scan no longer found are left out.
    static func order(_ tables: [TableDescription]) -> [TableDescription] {
        tables.filter { $0.status != .deprecated }.sorted { left, right in
            (left.schemaName ?? "", left.tableName, left.id) < (right.schemaName ?? "", right.tableName, right.id)
        }
    }

    /// The message that shows these tables, already in order.
    static func systemMessage(_ tables: [TableRendering], _ detail: PromptDetail, dialect: SQLDialect) -> String {
        let texts = tables.isEmpty ? [SQLComment.line("no tables are described")] : tables.map { $0.text(detail) }
        return ([instruction(for: dialect)] + texts).joined(separator: separator)
    }

    /// 64 hexadecimal digits that change with the serialiser's version and with anything that a prompt would show
    /// of the tables or the dialect: the SHA-256 of both. A table's values count as far as they may leave the host.
    package static func fingerprint(
        tables: [TableDescription], dialect: SQLDialect, redaction: Redaction = .full
    ) -> String {
        let renderings = order(tables).map { TableRendering($0.redacted(redaction)) }
        return fingerprint(of: systemMessage(renderings, .whole, dialect: dialect))
    }

    /// The fingerprint of tables of which the message shows all.
    static func fingerprint(of systemMessage: String) -> String {
        var hash = SHA256()
        hash.update(data: Array("prompt serialiser \(version)\n".utf8))
        hash.update(data: Array(systemMessage.utf8))
        return hash.finalize().hexadecimal
    }

    static func instruction(for dialect: SQLDialect) -> String {
        """
        You translate questions about a \(dialect.displayName) database into SQL.
        Answer with one \(dialect.displayName) statement that only reads, and use only the tables described here. \
        Write the SQL alone, without explanation and without Markdown.
        """
    }

    /// Whether the text is white space alone.
    static func isBlank(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy(\.properties.isWhitespace)
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
