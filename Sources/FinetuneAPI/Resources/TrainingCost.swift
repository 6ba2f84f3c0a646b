/// What a training costs, as far as that can be known before it ends.
public struct TrainingCost: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case currency, least, likely, most, reason
        case tokensPerEpoch = "tokens_per_epoch"
        case leastEpochs = "least_epochs"
        case likelyEpochs = "likely_epochs"
        case mostEpochs = "most_epochs"
        case pricePerMillionTokens = "price_per_million_tokens"
    }

    /// The currency of the amounts.
    public var currency: String
    /// What it costs with the fewest epochs; nothing where the price is not known.
    public var least: Double?
    /// What it costs with the likely number of epochs; nothing where the price is not known.
    public var likely: Double?
    /// What it costs with the most epochs, as budgets count it; nothing where the price is not known.
    public var most: Double?
    /// Why there are no amounts.
    public var reason: String?
    /// The tokens of the training file, which are billed once an epoch. A validation file is not billed.
    public var tokensPerEpoch: Int
    /// The fewest epochs: what was ordered, or 1 where that was `auto`.
    public var leastEpochs: Int
    /// The likely number: what was ordered. With `auto`, what the rule of thumb of OpenAI's guide gives: 3, more so
    /// that few examples are seen about 100 times in all (at most 25), fewer so that many are seen at most 25,000 times.
    public var likelyEpochs: Int
    /// The most epochs: what was ordered. With `auto`, the likely number, or 3 where that is more.
    public var mostEpochs: Int
    /// What the model catalogue says that a million trained tokens cost.
    public var pricePerMillionTokens: Double?

    /// A cost.
    public init(
        currency: String, least: Double?, likely: Double?, most: Double?, reason: String?, tokensPerEpoch: Int,
        leastEpochs: Int, likelyEpochs: Int, mostEpochs: Int, pricePerMillionTokens: Double?
    ) {
        self.currency = currency
        self.least = least
        self.likely = likely
        self.most = most
        self.reason = reason
        self.tokensPerEpoch = tokensPerEpoch
        self.leastEpochs = leastEpochs
        self.likelyEpochs = likelyEpochs
        self.mostEpochs = mostEpochs
        self.pricePerMillionTokens = pricePerMillionTokens
    }
}

/// What finetunings and evaluations may cost, and what they have cost. Months and days are those of UTC.
///
/// A finetuning under way counts the most that it can cost; one that its provider told the trained tokens of counts
/// those. Ended without that word, it counts nothing if it failed or the provider never had it, else the most. An
/// evaluation under way counts the most that it can cost, and one that is over what its answers cost. One that is
/// deleted still counts.
public struct BudgetStatus: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case currency
        case perFinetuning = "per_finetuning"
        case perMonth = "per_month"
        case spentThisMonth = "spent_this_month"
        case perUserPerMonth = "per_user_per_month"
        case spentByYouThisMonth = "spent_by_you_this_month"
        case finetuningsPerUserPerDay = "finetunings_per_user_per_day"
        case orderedByYouToday = "ordered_by_you_today"
    }

    /// The currency of the amounts.
    public var currency: String
    /// The most that one finetuning or one evaluation may cost; unbounded where null.
    public var perFinetuning: Double?
    /// The most that those of a month may cost; unbounded where null.
    public var perMonth: Double?
    /// What this month's count.
    public var spentThisMonth: Double
    /// The most that one user's of a month may cost; unbounded where null.
    public var perUserPerMonth: Double?
    /// What the asking user's of this month count.
    public var spentByYouThisMonth: Double
    /// The most finetunings that a user may order in a day; unbounded where null.
    public var finetuningsPerUserPerDay: Int?
    /// The finetunings that the asking user ordered today.
    public var orderedByYouToday: Int

    /// A budget and its state.
    public init(
        currency: String, perFinetuning: Double?, perMonth: Double?, spentThisMonth: Double, perUserPerMonth: Double?,
        spentByYouThisMonth: Double, finetuningsPerUserPerDay: Int?, orderedByYouToday: Int
    ) {
        self.currency = currency
        self.perFinetuning = perFinetuning
        self.perMonth = perMonth
        self.spentThisMonth = spentThisMonth
        self.perUserPerMonth = perUserPerMonth
        self.spentByYouThisMonth = spentByYouThisMonth
        self.finetuningsPerUserPerDay = finetuningsPerUserPerDay
        self.orderedByYouToday = orderedByYouToday
    }
}

// MARK: For the OpenAPI document

extension TrainingCost: Refined {
    static let refinements = Dictionary([
        CodingKeys.currency: .example("USD"), .tokensPerEpoch: .integer(from: 0), .leastEpochs: .integer(from: 1),
        .likelyEpochs: .integer(from: 1), .mostEpochs: .integer(from: 1), .pricePerMillionTokens: .example(3.0),
    ])
}

extension BudgetStatus: Refined {
    static let refinements = Dictionary([
        CodingKeys.currency: .example("USD"), .orderedByYouToday: .integer(from: 0),
    ])
}
