import Jobs
import SeededRandomness
import Testing

@testable import Evaluations

@Suite("What an evaluation costs at most")
struct EvaluationPricesTests {
    // A million tokens of prompts and of answers.
    private let prices = EvaluationPrices(
        candidate: QuestionPrices(input: Price(microdollars: 300_000), output: Price(microdollars: 1_200_000)),
        baseline: QuestionPrices(input: Price(microdollars: 150_000), output: Price(microdollars: 600_000)))

    private func size(_ prompts: [Int]) -> EvaluationSize {
        var size = EvaluationSize(answerReserve: 1_000)
        size.prompts = prompts
        return size
    }

    private func most(_ prompts: [Int], tokenLimit: Int?) -> Int? {
        prices.mostCost(of: [.candidate, .baseline], size(prompts), tokenLimit: tokenLimit)?.microdollars
    }

    @Test(
        "a limit of tokens lowers it, to what the limit and eight turns under way cost, the dearest first",
        arguments: [
            // A turn is 1,000 tokens of a prompt and 1,000 of an answer: 1,500 of the candidate, 750 of the baseline.
            (nil, 100 * 1_500 + 100 * 750), (1_000_000, 100 * 1_500 + 100 * 750), (.max, 100 * 1_500 + 100 * 750),
            (1, 9 * 1_500), (20_000, 18 * 1_500), (184_000, 100 * 1_500), (186_000, 100 * 1_500 + 750),
        ] as [(Int?, Int)])
    func limited(tokenLimit: Int?, most: Int) {
        #expect(self.most(Array(repeating: 1_000, count: 100), tokenLimit: tokenLimit) == most)
    }

    @Test("however long the answers are and in whatever order they come, no evaluation costs more")
    func bound() {
        for seed in 0..<500 as Range<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let prompts = (0..<Int.random(in: 1...40, using: &generator)).map { _ in
                Int.random(in: 1...5_000, using: &generator)
            }
            let limit = Int.random(in: 1...60_000, using: &generator)
            let spent = spending(prompts, tokenLimit: limit, &generator)
            #expect(spent <= most(prompts, tokenLimit: limit) ?? 0, "seed \(seed)")
        }
    }

    @Test("a price that is not known makes it unknown, limit or not")
    func unknown() {
        let half = EvaluationPrices(candidate: prices.candidate)
        #expect(half.mostCost(of: [.candidate, .baseline], size([1_000]), tokenLimit: 1) == nil)
        #expect(half.mostCost(of: [.candidate], size([1_000]), tokenLimit: 1) != nil)
    }

    /// What an evaluation costs whose answers end in any order, with up to eight under way when the limit is reached.
    private func spending(
        _ prompts: [Int], tokenLimit: Int, _ generator: inout SeededGenerator
    ) -> Int {
        let longest = Bool.random(using: &generator) ? 1_000 : Int.random(in: 1...1_000, using: &generator)
        let turns = [Contestant.candidate, .baseline].flatMap { contestant in
            prompts.map { (contestant, $0, Int.random(in: 0...longest, using: &generator)) }
        }.shuffled(using: &generator)
        var (tokens, spent, underWay) = (0, 0, Evaluation.turnsAtATime - 1)
        for (contestant, prompt, answer) in turns {
            if tokens >= tokenLimit { underWay -= 1 }
            guard underWay >= 0 else { break }
            tokens += prompt + answer
            spent += prices[contestant]?.cost(promptTokens: prompt, answerTokens: answer).microdollars ?? 0
        }
        return spent
    }
}
