internal import Tokenizer

/// Makes the prompts of questions beside which every table fits. Nothing in it changes: any thread may ask, at any
/// time, and none waits for another.
package struct WholePrompts: Sendable {
    let limit: ExampleLimit
    let schema: RenderedSchema
    let tokens: ChatTokens

    /// The prompt of an agent's question, in microseconds for one of usual length; `nil` where tables have to be left
    /// out, and the relevant ones searched for.
    package func prompt(for question: String) -> FittedPrompt? {
        let measured = measured(question)
        return schema.wholes.first { $0.tokenCount <= measured.room }.map { prompt(for: measured, in: $0) }
    }

    /// A question, what it counts, and what it leaves for the tables.
    struct MeasuredQuestion {
        let text: String
        let tokenCount: Int
        let room: Int
    }

    func measured(_ question: String) -> MeasuredQuestion {
        let text = PromptSerialiser.trimmed(question)
        let count = tokens.count(text)
        return MeasuredQuestion(
            text: text, tokenCount: count, room: limit.tokens - tokens.ofExample - count - limit.answerReserve)
    }

    func prompt(for question: MeasuredQuestion, in part: SchemaPart) -> FittedPrompt {
        FittedPrompt(
            schema: part, question: question.text,
            tokenCount: tokens.ofPrompt + part.tokenCount + question.tokenCount,
            omittedTableCount: schema.tableCount - part.tables.count)
    }
}
