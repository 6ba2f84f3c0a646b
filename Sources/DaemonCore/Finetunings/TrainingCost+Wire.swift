import FinetuneAPI
import Jobs

extension TrainingCost {
    /// The domain's form, as clients read it.
    init(_ estimate: CostEstimate, of model: BaseModel) {
        let price = { (epochs: Int) in estimate.price(epochs: epochs)?.dollars }
        self.init(
            currency: Price.currency, least: price(estimate.epochs.lowerBound), likely: price(estimate.likelyEpochs),
            most: price(estimate.epochs.upperBound),
            reason: estimate.pricePerMillionTokens == nil
                ? "the model catalogue has no price of \(model.name) of \(model.provider)" : nil,
            tokensPerEpoch: estimate.tokensPerEpoch, leastEpochs: estimate.epochs.lowerBound,
            likelyEpochs: estimate.likelyEpochs, mostEpochs: estimate.epochs.upperBound,
            pricePerMillionTokens: estimate.pricePerMillionTokens?.dollars)
    }
}

extension BudgetStatus {
    /// What is allowed, and what a user and all have spent of it.
    init(_ budget: Budget, _ spending: Spending) {
        self.init(
            currency: Price.currency, perFinetuning: budget.perFinetuning?.dollars, perMonth: budget.perMonth?.dollars,
            spentThisMonth: spending.thisMonth.dollars, perUserPerMonth: budget.perUserPerMonth?.dollars,
            spentByYouThisMonth: spending.ofUserThisMonth.dollars,
            finetuningsPerUserPerDay: budget.finetuningsPerUserPerDay, orderedByYouToday: spending.finetuningsToday)
    }
}
