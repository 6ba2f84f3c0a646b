/// How much each model of an evaluation reads and writes.
package struct EvaluationSize: Hashable, Sendable {
    /// The tokens of each prompt, of the questions whose prompts fit.
    package var prompts: [Int] = []
    /// The tokens of all answers, if each is as long as the golden SQL.
    package var answerTokens = 0
    /// The most tokens of one answer.
    package let answerReserve: Int

    /// A size of nothing asked yet.
    package init(answerReserve: Int) {
        self.answerReserve = answerReserve
    }

    /// The tokens of all prompts.
    package var promptTokens: Int { prompts.reduce(0, +) }

    /// The most tokens of all answers.
    package var mostAnswerTokens: Int { prompts.count * answerReserve }

    /// The most tokens of one prompt and its answer.
    package var largestTurn: Int { (prompts.max() ?? 0) + answerReserve }
}
