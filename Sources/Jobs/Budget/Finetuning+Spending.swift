extension Finetuning {
    /// What the finetuning counts in budgets: `nil` where its price is not known.
    ///
    /// - While it goes on: the most that it can cost.
    /// - Once its provider has said how many tokens it trained on: those, at the price of when it was accepted.
    /// - Ended without that word: nothing where the provider never had the job or calls it failed; else, cancelled
    ///   jobs and those that the provider no longer shows too, the most that it can cost, since training may have begun.
    package var spending: Price? {
        guard let estimate, let price = estimate.pricePerMillionTokens else { return nil }
        if let tokens = job.trainedTokens { return price.of(tokens: tokens) }
        return switch job.stage {
        case .ended(_, let artifacts) where artifacts.job == nil: .zero
        case .ended(.failed(let failure), _) where !failure.isOfMissingObject: .zero
        case .recorded, .built, .uploading, .processing, .ready, .submitting, .submitted, .ended: estimate.most
        }
    }
}
