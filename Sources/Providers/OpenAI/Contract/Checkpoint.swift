internal import Identifiers
internal import Jobs

extension OpenAIContract {
    /// The state of a model after a step.
    struct Checkpoint: Listed {
        let id: String
        let createdAt: Int
        let model: String?
        let step: Count
        let metrics: Measurements

        private enum CodingKeys: String, CodingKey {
            case id, metrics
            case createdAt = "created_at"
            case model = "fine_tuned_model_checkpoint"
            case step = "step_number"
        }
    }
}

extension OpenAIContract.Checkpoint {
    /// The checkpoint in the engine's words; nothing where it does not say after which step it was made.
    var checkpoint: ProviderCheckpoint? {
        step.value.map {
            ProviderCheckpoint(
                id: id, at: Timestamp(unix: createdAt), step: $0, model: model.map(ProviderModelID.init(rawValue:)),
                metrics: metrics.metrics)
        }
    }
}
