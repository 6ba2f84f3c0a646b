import FoundationEssentials

/// The contract's `FineTuningJobCheckpoint`: one for each epoch.
struct CheckpointObject: Encodable {
    struct Metrics: Encodable {
        let step: Int
        let trainLoss: Double
        let trainAccuracy: Double
        let validLoss: Double?
        let validAccuracy: Double?
        let fullValidLoss: Double?
        let fullValidAccuracy: Double?

        enum CodingKeys: String, CodingKey {
            case step
            case trainLoss = "train_loss"
            case trainAccuracy = "train_mean_token_accuracy"
            case validLoss = "valid_loss"
            case validAccuracy = "valid_mean_token_accuracy"
            case fullValidLoss = "full_valid_loss"
            case fullValidAccuracy = "full_valid_mean_token_accuracy"
        }
    }

    let id: String
    let object = "fine_tuning.job.checkpoint"
    let createdAt: Int
    let fineTunedModelCheckpoint: String
    let fineTuningJobID: String
    let metrics: Metrics
    let stepNumber: Int

    enum CodingKeys: String, CodingKey {
        case id, object, metrics
        case createdAt = "created_at"
        case fineTunedModelCheckpoint = "fine_tuned_model_checkpoint"
        case fineTuningJobID = "fine_tuning_job_id"
        case stepNumber = "step_number"
    }
}

extension CheckpointObject {
    /// A job's checkpoints until a time, newest first.
    static func newestFirst(of job: FineTuningJob, until time: Double, clock: SandboxClock) -> [CheckpointObject] {
        guard let training = job.timeline.training else { return [] }
        let objects = job.checkpoints(until: time).compactMap { event in
            if case .checkpoint(let step) = event.kind {
                CheckpointObject(job: job, training: training, step: step, createdAt: clock.date(of: event.time))
            } else {
                nil
            }
        }
        return objects.reversed()
    }

    private init(job: FineTuningJob, training: Training, step: Int, createdAt: Date) {
        let measure = training.measure(atStep: step)
        id = "ftckpt_\(job.id.dropFirst("ftjob-".count))\(step)"
        self.createdAt = unixTime(createdAt)
        fineTunedModelCheckpoint = job.checkpointName(step: step)
        fineTuningJobID = job.id
        stepNumber = step
        metrics = Metrics(
            step: step, trainLoss: measure.train.loss, trainAccuracy: measure.train.tokenAccuracy,
            validLoss: measure.valid?.loss, validAccuracy: measure.valid?.tokenAccuracy,
            fullValidLoss: measure.valid?.loss, fullValidAccuracy: measure.valid?.tokenAccuracy)
    }
}

extension FineTuningJob {
    /// The model as it was after a step, under a name of its own.
    func checkpointName(step: Int) -> String {
        "\(modelName):ckpt-step-\(step)"
    }
}
