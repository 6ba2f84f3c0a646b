internal import Identifiers
internal import Jobs

extension OpenAIContract {
    /// A fine-tuning job.
    struct Job: Listed {
        let id: String
        let status: String
        let createdAt: Int
        let fineTunedModel: String?
        let trainingFile: String?
        let trainedTokens: Count?
        let error: Details?
        let metadata: [String: String]?

        private enum CodingKeys: String, CodingKey {
            case id, status, error, metadata
            case createdAt = "created_at"
            case fineTunedModel = "fine_tuned_model"
            case trainingFile = "training_file"
            case trainedTokens = "trained_tokens"
        }
    }
}

extension OpenAIContract.Job {
    /// The job in the engine's words; `presentable` makes the service's words fit to show.
    func job(_ presentable: (String) -> String) -> ProviderJob {
        ProviderJob(
            id: ProviderJobID(rawValue: id), phase: phase(presentable),
            trainingFile: trainingFile.map(ProviderFileID.init), trainedTokens: trainedTokens?.value)
    }

    private func phase(_ presentable: (String) -> String) -> ProviderJob.Phase {
        switch status {
        case "validating_files": .validatingFiles
        case "queued": .queued
        case "running": .running
        case "succeeded": succeeded
        case "failed": .failed(complaint(presentable))
        case "cancelled": .cancelled
        case _: .unknown(word: presentable(status))
        }
    }

    // A success is none before there is a model to ask.
    private var succeeded: ProviderJob.Phase {
        guard let fineTunedModel else { return .unknown(word: "succeeded without a model") }
        return .succeeded(model: ProviderModelID(rawValue: fineTunedModel))
    }

    private func complaint(_ presentable: (String) -> String) -> ProviderComplaint {
        ProviderComplaint(
            error?.message.map(presentable) ?? "the provider gives no reason", code: error?.code.map(presentable),
            parameter: error?.param.map(presentable))
    }

    /// Whether it was made for this finetuning.
    func belongs(to finetuning: ObjectID) -> Bool {
        metadata?[OpenAIContract.JobCreation.finetuningKey] == finetuning.description
    }
}
