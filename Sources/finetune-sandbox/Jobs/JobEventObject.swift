/// The contract's `FineTuningJobEvent`.
struct JobEventObject: Encodable {
    enum Level: String, Encodable {
        case info, warn, error
    }

    enum Kind: String, Encodable {
        case message, metrics
    }

    struct Metrics: Encodable {
        let step: Int
        let totalSteps: Int
        let measure: Training.Measure

        enum CodingKeys: String, CodingKey {
            case step
            case totalSteps = "total_steps"
            case trainLoss = "train_loss"
            case trainAccuracy = "train_mean_token_accuracy"
            case trainExact = "train_exact_match"
            case validLoss = "valid_loss"
            case validAccuracy = "valid_mean_token_accuracy"
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(step, forKey: .step)
            try container.encode(totalSteps, forKey: .totalSteps)
            try container.encode(measure.train.loss, forKey: .trainLoss)
            try container.encode(measure.train.tokenAccuracy, forKey: .trainAccuracy)
            try container.encode(measure.train.exactMatch, forKey: .trainExact)
            try container.encodeIfPresent(measure.valid?.loss, forKey: .validLoss)
            try container.encodeIfPresent(measure.valid?.tokenAccuracy, forKey: .validAccuracy)
        }
    }

    private struct NoData: Encodable {}

    let id: String
    let createdAt: Int
    let level: Level
    let message: String
    let metrics: Metrics?

    enum CodingKeys: String, CodingKey {
        case id, object, level, message, type, data
        case createdAt = "created_at"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode("fine_tuning.job.event", forKey: .object)
        try container.encode(createdAt, forKey: .createdAt)
        try container.encode(level, forKey: .level)
        try container.encode(message, forKey: .message)
        try container.encode(metrics == nil ? Kind.message : .metrics, forKey: .type)
        if let metrics {
            try container.encode(metrics, forKey: .data)
        } else {
            try container.encode(NoData(), forKey: .data)
        }
    }
}

extension JobEventObject {
    /// - Parameter number: the event's place among its job's events of the same kind, which gives it a lasting id.
    init(_ event: JobEvent, job: FineTuningJob, number: Int, clock: SandboxClock) {
        id = "ftevent-\(job.id.dropFirst("ftjob-".count))\(event.kind.idSuffix)\(number)"
        createdAt = unixTime(clock.date(of: event.time))
        level = if case .failed = event.kind { .error } else { .info }
        message = event.kind.message(job: job)
        metrics =
            if case .step(let step, let total, let measure) = event.kind {
                Metrics(step: step, totalSteps: total, measure: measure)
            } else { nil }
    }

    /// A job's events until a time, newest first, as the provider lists them.
    static func newestFirst(of job: FineTuningJob, until time: Double, clock: SandboxClock) -> [JobEventObject] {
        var counts: [String: Int] = [:]
        let objects = job.events(until: time).map { event in
            counts[event.kind.idSuffix, default: 0] += 1
            return JobEventObject(event, job: job, number: counts[event.kind.idSuffix, default: 0], clock: clock)
        }
        return objects.reversed()
    }
}

extension JobEvent.Kind {
    fileprivate var idSuffix: String {
        switch self {
        case .created: "a"
        case .validating: "b"
        case .validated: "c"
        case .failed: "d"
        case .started: "e"
        case .step: "f"
        case .checkpoint: "g"
        case .paused: "h"
        case .resumed: "i"
        case .cancelled: "j"
        case .modelCreated: "k"
        case .completed: "l"
        }
    }

    fileprivate func message(job: FineTuningJob) -> String {
        switch self {
        case .created: "Created fine-tuning job: \(job.id)"
        case .validating(let file): "Validating training file: \(file)"
        case .validated: "Files validated, moving job to queued state"
        case .failed(let failure): "The job failed: \(failure.message)"
        case .started: "Fine-tuning job started"
        case .step(let step, let total, let measure):
            "Step \(step)/\(total): training loss=\(twoDecimals(measure.train.loss))"
                + (measure.valid.map { ", validation loss=\(twoDecimals($0.loss))" } ?? "")
        case .checkpoint(let step): "Checkpoint created at step \(step)"
        case .paused: "The job was paused"
        case .resumed: "The job was resumed"
        case .cancelled: "The job was cancelled"
        case .modelCreated(let name): "New fine-tuned model created: \(name)"
        case .completed: "The job has successfully completed"
        }
    }
}

private func twoDecimals(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
}
