/// What a finetuning will cost, as far as that can be known before it is trained.
package struct CostEstimate: Hashable, Sendable {
    /// The tokens of the training file. Providers bill them once an epoch; a validation file is not billed.
    package var tokensPerEpoch: Int
    /// The fewest and the most epochs; the same where their number was ordered.
    package var epochs: ClosedRange<Int>
    /// The most likely number of epochs.
    package var likelyEpochs: Int
    /// What a million trained tokens cost; `nil` where the catalogue does not say.
    package var pricePerMillionTokens: Price?

    /// An estimate.
    package init(
        tokensPerEpoch: Int, epochs: ClosedRange<Int>, likelyEpochs: Int, pricePerMillionTokens: Price?
    ) {
        self.tokensPerEpoch = tokensPerEpoch
        self.epochs = epochs
        self.likelyEpochs = likelyEpochs
        self.pricePerMillionTokens = pricePerMillionTokens
    }

    /// The estimate for a training file of so many tokens and examples.
    package init(tokens: Int, examples: Int, epochs: Parameter<Int>, pricePerMillionTokens: Price?) {
        switch epochs {
        case .value(let count):
            self.init(
                tokensPerEpoch: tokens, epochs: count...count, likelyEpochs: count,
                pricePerMillionTokens: pricePerMillionTokens)
        case .auto:
            self.init(
                tokensPerEpoch: tokens, epochs: AutomaticEpochs.range(examples: examples),
                likelyEpochs: AutomaticEpochs.likely(examples: examples),
                pricePerMillionTokens: pricePerMillionTokens)
        }
    }

    /// What so many epochs cost; `nil` where the price is not known.
    package func price(epochs: Int) -> Price? {
        pricePerMillionTokens?.of(tokens: tokensPerEpoch * epochs)
    }

    /// What it costs at most; `nil` where the price is not known.
    package var most: Price? { price(epochs: epochs.upperBound) }
}

extension Price {
    /// Nothing.
    package static let zero = Price(microdollars: 0)

    /// What so many tokens cost at this price a million, rounded up to a millionth of a dollar.
    package func of(tokens: Int) -> Price {
        let product = microdollars.multipliedFullWidth(by: tokens)
        // Beyond this, the quotient is more than a signed number holds.
        guard product.high < 500_000 else { return Price(microdollars: .max) }
        let (quotient, remainder) = 1_000_000.dividingFullWidth(product)
        return Price(microdollars: quotient) + Price(microdollars: remainder > 0 ? 1 : 0)
    }

    /// The sum, or the greatest amount where there is no such sum.
    package static func + (left: Price, right: Price) -> Price {
        let (sum, overflow) = left.microdollars.addingReportingOverflow(right.microdollars)
        return Price(microdollars: overflow ? .max : sum)
    }
}
