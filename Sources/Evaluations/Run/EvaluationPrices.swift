package import Jobs

/// What the answers of an evaluation's models cost, as the catalogue said when it was accepted.
package struct EvaluationPrices: Hashable, Sendable {
    /// Of the candidate; `nil` where that is not known.
    package var candidate: QuestionPrices?
    /// Of the baseline; `nil` where that is not known, or there is none.
    package var baseline: QuestionPrices?

    /// Prices.
    package init(candidate: QuestionPrices? = nil, baseline: QuestionPrices? = nil) {
        self.candidate = candidate
        self.baseline = baseline
    }

    /// The prices of a contestant.
    package subscript(_ contestant: Contestant) -> QuestionPrices? {
        switch contestant {
        case .candidate: candidate
        case .baseline: baseline
        }
    }

    /// What it costs that each of the contestants reads so many tokens and writes so many; `nil` where the price of one
    /// of them is not known.
    package func cost(of contestants: [Contestant], promptTokens: Int, answerTokens: Int) -> Price? {
        var sum = Price.zero
        for contestant in contestants {
            guard let prices = self[contestant] else { return nil }
            sum = sum + prices.cost(promptTokens: promptTokens, answerTokens: answerTokens)
        }
        return sum
    }
}
