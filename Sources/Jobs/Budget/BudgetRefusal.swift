/// Why a finetuning or an evaluation is not accepted.
package enum BudgetRefusal: Hashable, Sendable {
    /// What the bound is on.
    package enum Bound: String, Hashable, Sendable {
        case finetuning = "per_finetuning"
        case month = "per_month"
        case userMonth = "per_user_per_month"
    }

    /// What is bought.
    package enum Kind: Hashable, Sendable {
        /// Training.
        case training
        /// Answers to questions.
        case questions
    }

    /// Money is bounded, and nobody knows what this one costs.
    case unknownPrice(of: Kind)
    /// It can cost more than what is left under a limit.
    case tooExpensive(Bound, limit: Price, spent: Price, cost: Price)
    /// The user ordered as many today as they may.
    case tooManyToday(limit: Int, ordered: Int)
}

extension BudgetRefusal: CustomStringConvertible {
    /// What happened, in one sentence.
    package var description: String {
        switch self {
        case .unknownPrice(.training): "a budget is configured, and the model catalogue has no price of this model"
        case .unknownPrice(.questions):
            "a budget is configured, and the model catalogue does not say what answers of these models cost"
        case .tooExpensive(.finetuning, let limit, _, let cost):
            "it may cost $\(cost), and a finetuning or an evaluation may cost at most $\(limit)"
        case .tooExpensive(.month, let limit, let spent, let cost):
            "it may cost $\(cost), and $\(spent) of this month's $\(limit) are spent"
        case .tooExpensive(.userMonth, let limit, let spent, let cost):
            "it may cost $\(cost), and $\(spent) of this user's $\(limit) for this month are spent"
        case .tooManyToday(let limit, let ordered):
            """
            this user has ordered \(ordered) \(ordered == 1 ? "finetuning" : "finetunings") today, and may order \
            \(limit) a day
            """
        }
    }

    /// What to do about it.
    package var remedy: String {
        switch self {
        case .unknownPrice(.training):
            "Add price_per_million_training_tokens to the model in /etc/finetuned/models.yaml."
        case .unknownPrice(.questions):
            "Add price_per_million_input_tokens, price_per_million_output_tokens and their tuned_ forms to the models "
                + "in /etc/finetuned/models.yaml."
        case .tooExpensive(.finetuning, _, _, _):
            "Take fewer records or epochs or a cheaper model, or have budget.per_finetuning raised."
        case .tooExpensive(.month, _, _, _):
            "Wait for the next month (UTC), cancel a finetuning under way, or have budget.per_month raised."
        case .tooExpensive(.userMonth, _, _, _):
            "Wait for the next month (UTC), cancel a finetuning under way, or have budget.per_user_per_month raised."
        case .tooManyToday: "Order again after midnight UTC, or have budget.finetunings_per_user_per_day raised."
        }
    }
}
