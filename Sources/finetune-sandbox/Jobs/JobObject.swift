/// The contract's `FineTuningJob`.
struct JobObject: Encodable {
    struct Method: Encodable {
        struct Supervised: Encodable {
            let hyperparameters: Hyperparameters
        }
        let type = "supervised"
        let supervised: Supervised
    }

    let id: String
    let object = "fine_tuning.job"
    let createdAt: Int
    @ExplicitNull var error: JobFailure?
    @ExplicitNull var estimatedFinish: Int?
    @ExplicitNull var fineTunedModel: String?
    @ExplicitNull var finishedAt: Int?
    let hyperparameters: Hyperparameters
    let integrations: [String] = []
    @ExplicitNull var metadata: [String: String]?
    let method: Method
    let model: String
    let organizationID = "org-sandbox"
    let resultFiles: [String]
    let seed: Int
    let status: String
    @ExplicitNull var trainedTokens: Int?
    let trainingFile: String
    @ExplicitNull var validationFile: String?

    init(_ job: FineTuningJob, at time: Double, clock: SandboxClock) {
        let result = job.result(at: time)
        let parameters = job.timeline.training?.hyperparameters ?? job.order.hyperparameters
        id = job.id
        createdAt = unixTime(clock.date(of: job.runningTime.start))
        hyperparameters = parameters
        method = Method(supervised: .init(hyperparameters: parameters))
        model = job.order.model
        resultFiles = result == nil ? [] : [job.resultFileID]
        seed = job.seed
        status = (job.forcedStatus ?? job.status(at: time)).word
        trainingFile = job.order.trainingFile
        error = job.failure(at: time)
        estimatedFinish = Self.estimatedFinish(of: job, at: time).map { unixTime(clock.date(of: $0)) }
        fineTunedModel = result == nil ? nil : job.modelName
        finishedAt = job.finishTime(at: time).map { unixTime(clock.date(of: $0)) }
        metadata = job.order.metadata
        trainedTokens = result?.trainedTokens
        validationFile = job.order.validationFile
    }

    private static func estimatedFinish(of job: FineTuningJob, at time: Double) -> Double? {
        guard !job.status(at: time).isTerminal, job.timeline.training != nil, let end = job.timeline.finished else {
            return nil
        }
        let finish = job.runningTime.time(ofElapsed: end)
        return finish.isFinite ? finish : nil
    }

    enum CodingKeys: String, CodingKey {
        case id, object, error, hyperparameters, integrations, metadata, method, model, seed, status
        case createdAt = "created_at"
        case estimatedFinish = "estimated_finish"
        case fineTunedModel = "fine_tuned_model"
        case finishedAt = "finished_at"
        case organizationID = "organization_id"
        case resultFiles = "result_files"
        case trainedTokens = "trained_tokens"
        case trainingFile = "training_file"
        case validationFile = "validation_file"
    }
}
