import FinetuneAPI
import Jobs
import TrainingData

extension Wire.SQLGeneration {
    /// The domain's form, as clients read it; `providers` tells where a model is.
    init(_ generation: Jobs.SQLGeneration, _ providers: ProviderRegistry) throws {
        let (model, outcome) = (generation.model, generation.outcome)
        let (status, error) = Self.words(of: outcome.verdict)
        self.init(
            id: generation.id, prompt: generation.prompt, finetuning: model?.finetuning,
            model: model?.alias?.name.rawValue, modelVersion: model?.alias?.version, status: status,
            completedAt: generation.completedAt,
            llmConfig: model.map { LLMConfig(name: $0.name.rawValue, address: providers[$0.provider]?.baseURL) },
            intermediateSteps: outcome.steps.map { IntermediateStep(answer: $0.answer, error: $0.error) },
            sql: outcome.sql, tokensUsed: outcome.tokens, confidenceScore: outcome.confidence,
            evaluate: generation.measuresConfidence, error: error, createdAt: generation.createdAt,
            metadata: try generation.metadata.map { try JSONText(text: $0).json }, warning: generation.warning)
    }

    private static func words(of verdict: Jobs.SQLGeneration.Verdict) -> (Status, error: String?) {
        switch verdict {
        case .valid: (.valid, nil)
        case .invalid(let reason): (.invalid, reason)
        case .unchecked(let reason): (.unchecked, reason)
        }
    }
}
