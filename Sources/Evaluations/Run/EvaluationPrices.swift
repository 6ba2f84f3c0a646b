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

// MARK: At most

extension EvaluationPrices {
    /// What it costs at most that each of the contestants is asked all of that, with answers as long as they may be; `nil`
    /// where the price of one of them is not known. A limit of tokens ends it early: what is under way then is charged
    /// too.
    package func mostCost(of contestants: [Contestant], _ size: EvaluationSize, tokenLimit: Int?) -> Price? {
        let all = cost(of: contestants, promptTokens: size.promptTokens, answerTokens: size.mostAnswerTokens)
        guard let all, let tokenLimit else { return all }
        let (tokens, isBeyondAll) = tokenLimit.addingReportingOverflow(size.largestTurn * Evaluation.turnsAtATime)
        return isBeyondAll ? all : min(all, cost(of: contestants, size, untilTokens: tokens) ?? all)
    }

    // Nobody knows which answers come first, and how long they are. Whole answers cost the most for their tokens, unless
    // answers are cheaper than prompts; so nothing costs more than the dearest turns with whole answers.
    private func cost(of contestants: [Contestant], _ size: EvaluationSize, untilTokens limit: Int) -> Price? {
        var turns: [AskedTurn] = []
        for case let prices? in contestants.map({ self[$0] }) {
            guard prices.output >= prices.input else { return nil }
            turns += size.prompts.map { AskedTurn(promptTokens: $0, answerTokens: size.answerReserve, prices) }
        }
        var (tokens, cost) = (0, Price.zero)
        for turn in turns.sorted(by: { $0.isDearer(than: $1) }) {
            guard tokens < limit else { break }
            tokens += turn.tokens
            cost = cost + turn.cost
        }
        return cost
    }
}

/// A question to one model, and its answer.
private struct AskedTurn {
    let tokens: Int
    let cost: Price

    init(promptTokens: Int, answerTokens: Int, _ prices: QuestionPrices) {
        tokens = promptTokens + answerTokens
        cost = prices.cost(promptTokens: promptTokens, answerTokens: answerTokens)
    }

    /// Whether its tokens cost more each.
    func isDearer(than other: AskedTurn) -> Bool {
        let (own, others) = (cost.microdollars, other.cost.microdollars)
        return own.multipliedFullWidth(by: other.tokens) > others.multipliedFullWidth(by: tokens)
    }
}
