import Jobs
import TrainingData

/// What is trained: the same for two plans, or a plan and the files that are made of it, just if a model learns the same.
struct TrainingHash {
    let baseModel: BaseModel
    let seed: Int
    /// The SHA-256 of the training file.
    let training: String
    /// The SHA-256 of the validation file, if there is one.
    let validation: String?

    /// The SHA-256 of it all. Orders that were accepted are held to it, so its text never changes.
    var sha256: String {
        let parameters = baseModel.parameters.resolved
        return """
            plan 1
            \(baseModel.provider) \(baseModel.name) \(seed)
            \(parameters.epochs) \(parameters.batchSize) \(parameters.learningRateMultiplier)
            \(training) \(validation ?? "-")
            """.sha256
    }
}
