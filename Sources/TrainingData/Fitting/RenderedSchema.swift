internal import Tokenizer

/// The described tables as prompts show them, rendered and counted once: all of them in each detail, and each by
/// itself in the least, from which prompts are put together where not all fit.
struct RenderedSchema: Sendable {
    /// Every table, in every detail, the most first.
    let wholes: [SchemaPart]
    private let tables: [RenderedTable]
    private let instruction: RenderedTable
    private let tokenizer: Tokenizer

    /// Renders tables that are already in order.
    init(_ tables: [TableDescription], dialect: SQLDialect, tokenizer: Tokenizer) {
        let renderings = tables.map(TableRendering.init)
        wholes = PromptDetail.allCases.map { detail in
            let message = PromptSerialiser.systemMessage(renderings, detail, dialect: dialect)
            return SchemaPart(
                systemMessage: message, tables: tables.map(ShownTable.init), detail: detail,
                tokenCount: tokenizer.count(message))
        }
        self.tables = zip(tables, renderings).map { table, rendering in
            RenderedTable(rendering.text(.withoutDescriptions), of: ShownTable(table), tokenizer)
        }
        instruction = RenderedTable(PromptSerialiser.instruction(for: dialect), of: nil, tokenizer)
        self.tokenizer = tokenizer
    }

    /// How many tables there are.
    var tableCount: Int { tables.count }

    /// The tokens that a table adds to a prompt; in rare cases a few more or less, by what stands beside it.
    func tokenCount(ofTable place: Int) -> Int { tables[place].tokensBeforeAnother }

    /// The tokens that the instruction adds to a prompt.
    var instructionTokenCount: Int { instruction.tokensBeforeAnother }

    /// The tables at these places, which ascend, in the least detail. There is at least one.
    func part(_ places: [Int]) -> SchemaPart {
        let shown = [instruction] + places.map { tables[$0] }
        return SchemaPart(
            systemMessage: shown.map(\.text).joined(separator: PromptSerialiser.separator),
            tables: shown.compactMap(\.table), detail: .withoutDescriptions, tokenCount: tokenCount(of: shown))
    }

    // Where a text can be cut before a table, what comes before and what follows are counted each by itself.
    private func tokenCount(of shown: [RenderedTable]) -> Int {
        var count = 0
        var start = 0
        while start < shown.count {
            let end = shown[(start + 1)...].firstIndex(where: \.canBeCutOff) ?? shown.count
            count += tokenCount(of: shown[start..<end], isLast: end == shown.count)
            start = end
        }
        return count
    }

    private func tokenCount(of run: ArraySlice<RenderedTable>, isLast: Bool) -> Int {
        if run.count == 1, let only = run.first { return isLast ? only.tokensAtEnd : only.tokensBeforeAnother }
        let text = run.map(\.text).joined(separator: PromptSerialiser.separator)
        return tokenizer.count(isLast ? text : text + PromptSerialiser.separator)
    }
}

/// A table, or the instruction, with what its text counts.
private struct RenderedTable: Sendable {
    /// `nil` for the instruction.
    let table: ShownTable?
    let text: String
    /// The tokens at the end of a prompt.
    let tokensAtEnd: Int
    /// The tokens together with the separator from what follows, if that can be cut off.
    let tokensBeforeAnother: Int
    /// Whether what stands before, ended by a separator, is counted by itself.
    let canBeCutOff: Bool

    init(_ text: String, of table: ShownTable?, _ tokenizer: Tokenizer) {
        self.table = table
        self.text = text
        tokensAtEnd = tokenizer.count(text)
        tokensBeforeAnother = tokenizer.count(text + PromptSerialiser.separator)
        canBeCutOff = text.utf8.first.map { Tokenizer.canCut(between: UInt8(ascii: "\n"), and: $0) } ?? false
    }
}
