import Jobs
import Testing

@Suite("Counts of tokens")
struct TokenCountTests {
    @Test("add up to the greatest number where there is no such sum")
    func sums() {
        #expect(3.addingTokens(4) == 7)
        #expect((1 << 62).addingTokens(1 << 62) == .max)
        #expect(Completion.Usage(promptTokens: .max, answerTokens: .max).total == .max)
    }
}
