import Jobs
import Testing

@Suite("The budget")
struct BudgetTests {
    private func estimate(_ dollars: Int?) -> CostEstimate {
        CostEstimate(
            tokens: 1_000_000, examples: 10, epochs: .value(1),
            pricePerMillionTokens: dollars.map { Price(microdollars: $0 * 1_000_000) })
    }

    private func dollars(_ amount: Int) -> Price { Price(microdollars: amount * 1_000_000) }

    @Test("accepts what costs no more than is left, to the last cent")
    func accepts() {
        let budget = Budget(perFinetuning: dollars(10), perMonth: dollars(100), perUserPerMonth: dollars(50))
        let spending = Spending(thisMonth: dollars(90), ofUserThisMonth: dollars(40), finetuningsToday: 7)
        #expect(budget.refusal(of: estimate(10), after: spending) == nil)
        #expect(Budget.unbounded.refusal(of: estimate(nil), after: spending) == nil)
    }

    @Test("refuses with the bound that it breaks, and the numbers")
    func refuses() {
        let spending = Spending(thisMonth: dollars(90), ofUserThisMonth: dollars(40), finetuningsToday: 7)
        let cases: [(Budget, Int?, BudgetRefusal)] = [
            (
                Budget(perFinetuning: dollars(9)), 10,
                .tooExpensive(.finetuning, limit: dollars(9), spent: .zero, cost: dollars(10))
            ),
            (
                Budget(perMonth: dollars(99)), 10,
                .tooExpensive(.month, limit: dollars(99), spent: dollars(90), cost: dollars(10))
            ),
            (
                Budget(perUserPerMonth: dollars(49)), 10,
                .tooExpensive(.userMonth, limit: dollars(49), spent: dollars(40), cost: dollars(10))
            ),
            (Budget(perMonth: dollars(99)), nil, .unknownPrice(of: .training)),
            (Budget(finetuningsPerUserPerDay: 7), nil, .tooManyToday(limit: 7, ordered: 7)),
        ]
        for (budget, cost, refusal) in cases {
            #expect(budget.refusal(of: estimate(cost), after: spending) == refusal)
        }
        #expect(Budget(finetuningsPerUserPerDay: 8).refusal(of: estimate(nil), after: spending) == nil)
    }

    @Test("an evaluation counts as a finetuning does, but not among those of a day")
    func evaluations() {
        let spending = Spending(thisMonth: dollars(90), ofUserThisMonth: dollars(40), finetuningsToday: 7)
        let budget = Budget(perFinetuning: dollars(9), perMonth: dollars(99), finetuningsPerUserPerDay: 7)
        #expect(budget.refusal(ofEvaluationCosting: dollars(9), after: spending) == nil)
        #expect(
            budget.refusal(ofEvaluationCosting: dollars(10), after: spending)
                == .tooExpensive(.finetuning, limit: dollars(9), spent: .zero, cost: dollars(10)))
        #expect(budget.refusal(ofEvaluationCosting: nil, after: spending) == .unknownPrice(of: .questions))
        #expect(Budget.unbounded.refusal(ofEvaluationCosting: nil, after: spending) == nil)
    }

    @Test("questions cost what is read and what is written, rounded up")
    func questions() {
        let prices = QuestionPrices(input: dollars(1), output: dollars(4))
        #expect(prices.cost(promptTokens: 1_000_000, answerTokens: 500_000) == dollars(3))
        #expect(prices.cost(promptTokens: 1, answerTokens: 0) == Price(microdollars: 1))
        #expect(prices.cost(promptTokens: 0, answerTokens: 0) == .zero)
    }
}
