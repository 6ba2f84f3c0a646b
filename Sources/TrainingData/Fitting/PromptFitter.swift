internal import Tokenizer

/// Makes the prompts of a connection's questions so that they fit a model: the same for a training example and for an
/// agent that asks the tuned model.
///
/// Where all tables fit, every prompt shows all of them, in the most detail that fits. Else it shows, in the least
/// detail, as many as fit, those first that are the most relevant to the question. Whichever they are, they stand in
/// the order of their schemas and names, so that the order tells nothing of the answer.
///
/// An instance is used by one thread at a time. To make one renders and counts every table; a prompt is then made in
/// microseconds where all tables fit.
package final class PromptFitter {
    /// What prompts and examples are fitted to.
    package let limit: ExampleLimit
    /// The tables that prompts may show, in the order of prompts, as they are described: with all of their values.
    package let tables: [TableDescription]
    /// 64 hexadecimal digits that change with what a prompt could show, and with how it is written.
    package let schemaFingerprint: String
    /// The prompts that show every table, for whoever asks without waiting for this instance's thread.
    package let wholes: WholePrompts

    private var schema: RenderedSchema { wholes.schema }
    private var tokens: ChatTokens { wholes.tokens }
    private let placesByName: [String: [Int]]
    private var relevance: TableRelevance?
    private var keptParts: [[Int]: SchemaPart] = [:]

    private static let mostKeptParts = 64

    /// Gets ready for a connection's tables, in any order.
    package init(tables: [TableDescription], dialect: SQLDialect, redaction: Redaction, limit: ExampleLimit) {
        self.limit = limit
        let ordered = PromptSerialiser.order(tables)
        self.tables = ordered
        let tokenizer = Tokenizer.shared(limit.vocabulary)
        let schema = RenderedSchema(ordered.map { $0.redacted(redaction) }, dialect: dialect, tokenizer: tokenizer)
        wholes = WholePrompts(limit: limit, schema: schema, tokens: ChatTokens(tokenizer))
        schemaFingerprint = PromptSerialiser.fingerprint(of: schema.wholes[0].systemMessage)
        let places = ordered.indices.map { (SQLiteIdentifier.folded(ordered[$0].tableName), [$0]) }
        placesByName = Dictionary(places) { $0 + $1 }
    }

    /// The prompt of an agent's question.
    package func prompt(for question: String) throws(FittingError) -> FittedPrompt {
        let measured = wholes.measured(question)
        let part = try part(for: measured.text, reading: [], within: measured.room).part
        return wholes.prompt(for: measured, in: part)
    }

    /// The training example of a question and the SQL that answers it, which reads the tables of these names.
    ///
    /// Its prompt is the agent's, unless the SQL is longer than what a prompt leaves for an answer, or reads tables
    /// that the agent's prompt does not show.
    package func example(
        question: String, sql: String, reading tableNames: Set<String>
    ) throws(FittingError) -> FittedExample {
        let question = PromptSerialiser.trimmed(question)
        let sql = PromptSerialiser.trimmed(sql)
        let questionTokens = tokens.count(question)
        let answerTokens = tokens.count(sql)
        let room = limit.tokens - tokens.ofExample - questionTokens - max(answerTokens, limit.answerReserve)
        let (part, missed) = try part(for: question, reading: places(of: tableNames), within: room)
        return FittedExample(
            example: ChatExample(schema: part, question: question, sql: sql),
            tokenCount: tokens.ofExample + part.tokenCount + questionTokens + answerTokens,
            omittedTableCount: tables.count - part.tables.count, missedTables: missed.map { ShownTable(tables[$0]) })
    }
}

extension PromptFitter {
    private func places(of names: Set<String>) -> Set<Int> {
        Set(names.flatMap { placesByName[SQLiteIdentifier.folded($0)] ?? [] })
    }

    private func part(
        for question: String, reading needed: Set<Int>, within room: Int
    ) throws(FittingError) -> (part: SchemaPart, missed: [Int]) {
        if let whole = schema.wholes.first(where: { $0.tokenCount <= room }) { return (whole, []) }
        let least = schema.wholes[schema.wholes.count - 1]
        guard tables.count > 1 else { throw tooLong(least.tokenCount, within: room) }
        var choice = TableChoice(
            ranking: try ranking(for: question), cost: schema.tokenCount(ofTable:),
            budget: room - schema.instructionTokenCount)
        while true {
            let relevant = choice.byRelevance
            let missed = needed.subtracting(relevant).sorted()
            let places = missed.isEmpty ? relevant : choice.including(needed)
            guard !places.isEmpty, needed.isSubset(of: places) else {
                throw tooLong(choice.leastTokens(for: needed) + schema.instructionTokenCount, within: room)
            }
            let part = keptPart(places)
            if part.tokenCount <= room { return (part, missed) }
            choice.budget -= part.tokenCount - room
        }
    }

    private func ranking(for question: String) throws(FittingError) -> [Int] {
        do throws(SQLiteFailure) {
            return try preparedRelevance().ranking(for: question)
        } catch {
            throw .search(error)
        }
    }

    private func preparedRelevance() throws(SQLiteFailure) -> TableRelevance {
        if let relevance { return relevance }
        let made = try TableRelevance(tables)
        relevance = made
        return made
    }

    // Questions about the same things show the same tables, often one after the other.
    private func keptPart(_ places: [Int]) -> SchemaPart {
        if let kept = keptParts[places] { return kept }
        if keptParts.count >= Self.mostKeptParts { keptParts.removeAll() }
        let part = schema.part(places)
        keptParts[places] = part
        return part
    }

    private func tooLong(_ schemaTokens: Int, within room: Int) -> FittingError {
        .tooLong(tokens: limit.tokens - room + schemaTokens, limit: limit.tokens)
    }
}
