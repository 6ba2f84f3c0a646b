import Identifiers
import Jobs
import Testing

@Suite("What a finetuning counts in budgets")
struct SpendingTests {
    private func finetuning(
        _ stage: Job.Stage, trainedTokens: Int? = nil, price: Price? = Price("2.00")
    ) -> Finetuning {
        Finetuning(
            id: ObjectID(seconds: 1, suffix: 1), alias: "a", connectionID: ObjectID(seconds: 1, suffix: 2),
            baseModel: BaseModel(provider: .openAI, name: "m", parameters: ModelParameters()), schemas: [],
            lineage: Lineage(catalogueDate: .epoch, vocabulary: .o200k, tokensPerExample: 1_000, seed: 0),
            owner: 1_000,
            estimate: CostEstimate(tokens: 1_000_000, examples: 10, epochs: .value(3), pricePerMillionTokens: price),
            metadata: nil, createdAt: Sample.now, updatedAt: Sample.now,
            job: Job(stage: stage, trainedTokens: trainedTokens))
    }

    @Test("is the most that it can cost until the provider tells the tokens")
    func underway() {
        for stage in [Step.recorded, .uploading, .submitting, .running].map(\.stage) {
            #expect(finetuning(stage).spending == Price("6.00"))
        }
        #expect(finetuning(Step.succeeded.stage).spending == Price("6.00"))
        #expect(finetuning(Step.succeeded.stage, trainedTokens: 500_000).spending == Price("1.00"))
        #expect(finetuning(Step.cancelled.stage, trainedTokens: 250_000).spending == Price("0.50"))
    }

    @Test("is nothing where the provider never had it or calls it failed, and the most where it was cancelled there")
    func ended() {
        #expect(finetuning(.ended(.cancelled, .init())).spending == .zero)
        #expect(finetuning(.ended(.cancelled, .init(dataset: Sample.dataset))).spending == .zero)
        #expect(finetuning(Step.cancelled.stage).spending == Price("6.00"))
        #expect(finetuning(Step.failed.stage).spending == .zero)
        #expect(finetuning(Step.failed.stage, trainedTokens: 500_000).spending == Price("1.00"))
    }

    @Test("is the most where the provider no longer shows the job, which may train on")
    func missing() {
        var job = Job(stage: Step.running.stage)
        var now = Sample.now
        for _ in 0..<10_000 where !job.status.isTerminal {
            now = job.notBefore ?? now
            job = job.moved(by: .inquiryFailed(.missing), at: now).job
        }
        #expect(job.status == .failed)
        #expect(finetuning(job.stage).spending == Price("6.00"))
    }

    @Test("is not known without a price")
    func unknown() {
        #expect(finetuning(Step.running.stage, price: nil).spending == nil)
    }
}
