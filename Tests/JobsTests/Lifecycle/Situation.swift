import Jobs
import Testing

/// A step of a job's life as the transition table names it: a stage without what it holds.
enum Step: String, CaseIterable, CustomTestStringConvertible {
    case recorded, built, uploading, processing, ready, submitting
    case validatingFiles, queued, running
    case succeeded, failed, cancelled

    var testDescription: String { rawValue }

    init(of stage: Job.Stage) {
        self =
            switch stage {
            case .recorded: .recorded
            case .built: .built
            case .uploading: .uploading
            case .processing: .processing
            case .ready: .ready
            case .submitting: .submitting
            case .submitted(_, _, _, .validatingFiles): .validatingFiles
            case .submitted(_, _, _, .queued): .queued
            case .submitted(_, _, _, .running): .running
            case .ended(.succeeded, _): .succeeded
            case .ended(.failed, _): .failed
            case .ended(.cancelled, _): .cancelled
            }
    }

    var stage: Job.Stage {
        switch self {
        case .recorded: .recorded
        case .built: .built(Sample.dataset)
        case .uploading: .uploading(Sample.dataset)
        case .processing: .processing(Sample.dataset, Sample.fileID)
        case .ready: .ready(Sample.dataset, Sample.fileID)
        case .submitting: .submitting(Sample.dataset, Sample.fileID)
        case .validatingFiles: .submitted(Sample.dataset, Sample.fileID, Sample.jobID, .validatingFiles)
        case .queued: .submitted(Sample.dataset, Sample.fileID, Sample.jobID, .queued)
        case .running: .submitted(Sample.dataset, Sample.fileID, Sample.jobID, .running)
        case .succeeded: .ended(.succeeded(model: "ft:1"), Sample.artifacts)
        case .failed: .ended(.failed(Sample.failure), Sample.artifacts)
        case .cancelled: .ended(.cancelled, Sample.artifacts)
        }
    }

    /// What its users see.
    var status: FinetuningStatus {
        switch self {
        case .recorded, .built, .uploading, .processing, .ready, .submitting, .queued: .queued
        case .validatingFiles: .validatingFiles
        case .running: .running
        case .succeeded: .succeeded
        case .failed: .failed
        case .cancelled: .cancelled
        }
    }

    var isEnd: Bool { self == .succeeded || self == .failed || self == .cancelled }
}

/// A step, and how far the wish to cancel has come there.
struct Situation: Hashable, CustomTestStringConvertible {
    var step: Step
    var cancellation: Job.Cancellation

    var job: Job { Job(stage: step.stage, cancellation: cancellation) }
    var testDescription: String { cancellation == .none ? step.rawValue : "\(step), cancel \(cancellation)" }

    /// Every situation that a job can be in. Before the provider knows of anything a cancelled job ends at once,
    /// and the provider can know of the wish only once it has the job.
    static let all: [Situation] = Step.allCases.flatMap { step -> [Situation] in
        let cancellations: [Job.Cancellation] =
            switch step {
            case .recorded, .built, .processing, .ready: [.none]
            case .uploading, .submitting: [.none, .requested]
            case .validatingFiles, .queued, .running, .succeeded, .failed, .cancelled: [.none, .requested, .delivered]
            }
        return cancellations.map { Situation(step: step, cancellation: $0) }
    }
}
