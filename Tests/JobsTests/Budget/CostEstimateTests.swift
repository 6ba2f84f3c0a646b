import Jobs
import Testing

@Suite("What a finetuning will cost")
struct CostEstimateTests {
    @Test(
        "is tokens by epochs by price, to the millionth of a dollar",
        arguments: [
            (1_000_000, 3, "3.00", "9.00"), (12_345, 2, "25.00", "0.61725"), (1, 1, "3.00", "0.000003"),
            (1, 1, "0.10", "0.000001"), (0, 50, "3.00", "0.00"),
        ])
    func ordered(tokens: Int, epochs: Int, price: String, cost: String) throws {
        let unit: Price = try #require(Price(price))
        let estimate = CostEstimate(
            tokens: tokens, examples: 10, epochs: .value(epochs), pricePerMillionTokens: unit)
        #expect(estimate.epochs == epochs...epochs && estimate.likelyEpochs == epochs)
        #expect(estimate.most?.description == cost)
    }

    @Test(
        "is a range where the provider chooses the epochs, by the published rule of thumb",
        arguments: [
            (10, 10, 10), (20, 5, 5), (1, 25, 25), (33, 3, 3), (34, 3, 3), (1_000, 3, 3), (8_333, 3, 3),
            (8_334, 2, 3), (20_000, 1, 3), (100_000, 1, 3), (0, 3, 3),
        ])
    func automatic(examples: Int, likely: Int, most: Int) {
        let estimate = CostEstimate(
            tokens: 1_000, examples: examples, epochs: .auto, pricePerMillionTokens: Price(microdollars: 1_000_000))
        #expect(estimate.epochs == 1...most)
        #expect(estimate.likelyEpochs == likely)
        #expect(estimate.most == Price(microdollars: 1_000 * most))
    }

    @Test("is not known without a price, and never overflows")
    func edges() {
        let unknown = CostEstimate(tokens: 5, examples: 10, epochs: .auto, pricePerMillionTokens: nil)
        #expect(unknown.most == nil)
        #expect(Price(microdollars: .max).of(tokens: .max) == Price(microdollars: .max))
        // Just below and just above what a signed quotient holds.
        #expect(Price(microdollars: 3_000_000).of(tokens: 1 << 62) == Price(microdollars: .max))
        #expect(Price(microdollars: 1_000_000).of(tokens: .max) == Price(microdollars: .max))
        #expect(Price(microdollars: 1_000_001).of(tokens: 9_223_362_813_491_962_316) == Price(microdollars: .max))
        #expect(Price(microdollars: .max) + Price(microdollars: 1) == Price(microdollars: .max))
    }
}
