import FinetuneAPI

extension TrainingCost {
    /// `$12.50`, or `$4.20 to $12.60, likely $12.60` where the provider chooses the epochs.
    var readable: String {
        guard let least, let likely, let most else { return "not known: \(reason ?? "no price")" }
        if least == most { return most.amount(currency) }
        return "\(least.amount(currency)) to \(most.amount(currency)), likely \(likely.amount(currency))"
    }

    /// What the price is made of.
    var basis: String {
        let epochs = leastEpochs == mostEpochs ? mostEpochs.counting("epoch") : "\(leastEpochs) to \(mostEpochs) epochs"
        let price = pricePerMillionTokens.map { " × \($0.amount(currency)) a million" } ?? ""
        return "\(tokensPerEpoch.grouped) tokens × \(epochs)" + price
    }
}

extension Finetuning {
    /// What it cost where its provider has said, else what it may cost.
    var readableCost: String? {
        guard let cost else { return nil }
        guard let spent, let trainedTokens else { return "estimated at \(cost.readable)" }
        return "\(spent.amount(cost.currency)), \(trainedTokens.grouped) tokens trained"
    }
}
