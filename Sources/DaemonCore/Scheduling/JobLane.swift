import Identifiers
import Jobs

/// What jobs compete for. No lane waits for another: neither does one provider for another that stalls, nor a look at
/// a job for uploads that take long.
enum JobLane: Hashable, Sendable {
    /// Threads of this host that write training files.
    case trainingFiles
    /// Connections to a provider that are busy with a training file for long.
    case uploads(ProviderName)
    /// Connections to a provider, for everything else.
    case calls(ProviderName)

    private static let trainingFilePlaces = 4

    /// How many jobs may be worked on here at a time.
    func places(_ pacings: ProviderPacings) -> Int {
        switch self {
        case .trainingFiles: Self.trainingFilePlaces
        // Half of the connections, so that the calls have the other half.
        case .uploads(let provider): max(1, min(pacings[provider].connections / 2, pacings[provider].jobsAtATime))
        case .calls(let provider): pacings[provider].jobsAtATime
        }
    }
}

/// Where a job stands in line for its next piece of work, and for whom.
struct JobPlace: Hashable, Sendable {
    let lane: JobLane
    let connection: ObjectID
}

extension JobPlace {
    /// The place of a finetuning as it is now.
    init(_ finetuning: Jobs.Finetuning) {
        let provider = finetuning.baseModel.provider
        lane =
            switch finetuning.job.nextAction {
            case .buildDataset: .trainingFiles
            case .upload: .uploads(provider)
            case .findFile, .checkFile, .submit, .findJob, .poll, .cancelJob, nil: .calls(provider)
            }
        connection = finetuning.connectionID
    }
}
