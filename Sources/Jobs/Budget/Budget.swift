/// What finetunings and evaluations may cost, and how many finetunings a user may order; `nil` for no bound.
package struct Budget: Hashable, Sendable {
    /// The most that one finetuning may cost, or one evaluation.
    package var perFinetuning: Price?
    /// The most that all finetunings and evaluations accepted in a calendar month, UTC, may cost.
    package var perMonth: Price?
    /// The most that those of one user may cost.
    package var perUserPerMonth: Price?
    /// The most finetunings that a user may order in a day, UTC.
    package var finetuningsPerUserPerDay: Int?

    /// A budget; unbounded unless given.
    package init(
        perFinetuning: Price? = nil, perMonth: Price? = nil, perUserPerMonth: Price? = nil,
        finetuningsPerUserPerDay: Int? = nil
    ) {
        self.perFinetuning = perFinetuning
        self.perMonth = perMonth
        self.perUserPerMonth = perUserPerMonth
        self.finetuningsPerUserPerDay = finetuningsPerUserPerDay
    }

    /// No bounds.
    package static let unbounded = Budget()

    /// Whether money is bounded in any way.
    package var boundsMoney: Bool { perFinetuning != nil || perMonth != nil || perUserPerMonth != nil }

    /// Why another finetuning is not accepted; `nil` if it is. Its cost counts as the most that it can be.
    package func refusal(of estimate: CostEstimate?, after spending: Spending) -> BudgetRefusal? {
        if let limit = finetuningsPerUserPerDay, spending.finetuningsToday >= limit {
            return .tooManyToday(limit: limit, ordered: spending.finetuningsToday)
        }
        return refusal(ofJobCosting: estimate?.most, .training, after: spending)
    }

    /// Why another evaluation is not accepted that costs at most this; `nil` if it is.
    package func refusal(ofEvaluationCosting most: Price?, after spending: Spending) -> BudgetRefusal? {
        refusal(ofJobCosting: most, .questions, after: spending)
    }

    private func refusal(
        ofJobCosting most: Price?, _ kind: BudgetRefusal.Kind, after spending: Spending
    ) -> BudgetRefusal? {
        guard boundsMoney else { return nil }
        guard let cost = most else { return .unknownPrice(of: kind) }
        let bounds: [(BudgetRefusal.Bound, Price?, Price)] = [
            (.finetuning, perFinetuning, .zero), (.userMonth, perUserPerMonth, spending.ofUserThisMonth),
            (.month, perMonth, spending.thisMonth),
        ]
        for case (let bound, let limit?, let spent) in bounds where spent + cost > limit {
            return .tooExpensive(bound, limit: limit, spent: spent, cost: cost)
        }
        return nil
    }
}

/// What finetunings and evaluations have cost, and a user's part of it.
package struct Spending: Hashable, Sendable {
    /// What all of this month count.
    package var thisMonth: Price
    /// What the user's of this month count.
    package var ofUserThisMonth: Price
    /// How many finetunings the user ordered today.
    package var finetuningsToday: Int

    /// What was spent.
    package init(thisMonth: Price, ofUserThisMonth: Price, finetuningsToday: Int) {
        self.thisMonth = thisMonth
        self.ofUserThisMonth = ofUserThisMonth
        self.finetuningsToday = finetuningsToday
    }
}
