/// What a model's answers cost.
package struct QuestionPrices: Hashable, Sendable {
    /// A million tokens of prompts.
    package var input: Price
    /// A million tokens of answers.
    package var output: Price

    /// Prices.
    package init(input: Price, output: Price) {
        self.input = input
        self.output = output
    }

    /// What so many tokens cost, rounded up to a millionth of a dollar.
    package func cost(promptTokens: Int, answerTokens: Int) -> Price {
        input.of(tokens: promptTokens) + output.of(tokens: answerTokens)
    }
}
