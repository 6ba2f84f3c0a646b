import Jobs
import Testing

/// A step of a job's life as the transition table names it: a stage without what it holds.
enum Step: String, CaseIterable, CustomTestStringConvertible {
    case recorded, built, uploading, processing, ready, submitting
    /// The same of a job that has a validation file, which goes its way after the training file.
    case builtBoth, uploadingFirst, processingFirst, builtSecond, uploadingSecond, processingSecond, readyBoth
    case validatingFiles, queued, running
    case succeeded, failed, cancelled

    var testDescription: String { rawValue }

    init(of stage: Job.Stage) {
        self =
            switch stage {
            case .recorded: .recorded
            case .built(.training(_, nil)): .built
            case .built(.training(_, _?)): .builtBoth
            case .built(.validation): .builtSecond
            case .uploading(.training(_, nil)): .uploading
            case .uploading(.training(_, _?)): .uploadingFirst
            case .uploading(.validation): .uploadingSecond
            case .processing(.training(_, nil), _): .processing
            case .processing(.training(_, _?), _): .processingFirst
            case .processing(.validation, _): .processingSecond
            case .ready(let files): files.validation == nil ? .ready : .readyBoth
            case .submitting: .submitting
            case .submitted(_, _, .validatingFiles): .validatingFiles
            case .submitted(_, _, .queued): .queued
            case .submitted(_, _, .running): .running
            case .ended(.succeeded, _): .succeeded
            case .ended(.failed, _): .failed
            case .ended(.cancelled, _): .cancelled
            }
    }

    var stage: Job.Stage {
        switch self {
        case .recorded: .recorded
        case .built: .built(.training(Sample.dataset))
        case .builtBoth: .built(first)
        case .builtSecond: .built(second)
        case .uploading: .uploading(.training(Sample.dataset))
        case .uploadingFirst: .uploading(first)
        case .uploadingSecond: .uploading(second)
        case .processing: .processing(.training(Sample.dataset), Sample.fileID)
        case .processingFirst: .processing(first, Sample.fileID)
        case .processingSecond: .processing(second, Sample.validationFileID)
        case .ready: .ready(Sample.files)
        case .readyBoth: .ready(Sample.bothFiles)
        case .submitting: .submitting(Sample.files)
        case .validatingFiles: .submitted(Sample.files, Sample.jobID, .validatingFiles)
        case .queued: .submitted(Sample.files, Sample.jobID, .queued)
        case .running: .submitted(Sample.files, Sample.jobID, .running)
        case .succeeded: .ended(.succeeded(model: "ft:1"), Sample.artifacts)
        case .failed: .ended(.failed(Sample.failure), Sample.artifacts)
        case .cancelled: .ended(.cancelled, Sample.artifacts)
        }
    }

    private var first: Upload { .training(Sample.dataset, validation: Sample.validation) }
    private var second: Upload { .validation(Sample.validation, after: SentFile(Sample.dataset, Sample.fileID)) }

    /// What its users see.
    var status: FinetuningStatus {
        switch self {
        case .recorded, .built, .uploading, .processing, .ready, .submitting, .queued, .builtBoth, .uploadingFirst,
            .processingFirst, .builtSecond, .uploadingSecond, .processingSecond, .readyBoth:
            .queued
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
            case .recorded, .built, .processing, .ready, .builtBoth, .processingFirst, .builtSecond,
                .processingSecond, .readyBoth:
                [.none]
            case .uploading, .uploadingFirst, .uploadingSecond, .submitting: [.none, .requested]
            case .validatingFiles, .queued, .running, .succeeded, .failed, .cancelled: [.none, .requested, .delivered]
            }
        return cancellations.map { Situation(step: step, cancellation: $0) }
    }
}
