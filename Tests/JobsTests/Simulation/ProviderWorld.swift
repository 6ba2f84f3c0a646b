import Identifiers
import Jobs

/// A provider as money sees it: what it was asked to make, when that arrived, and what it made of it.
struct ProviderWorld {
    /// A file or a job that was asked for.
    struct Made {
        var arrives: Timestamp
        var phase = ProviderJob.Phase.validatingFiles
    }

    private(set) var files: [Made] = []
    private(set) var jobs: [Made] = []

    mutating func makeFile(arriving moment: Timestamp) -> ProviderFileID {
        files.append(Made(arrives: moment))
        return fileID(files.count - 1)
    }

    mutating func makeJob(arriving moment: Timestamp) -> ProviderJobID {
        jobs.append(Made(arrives: moment))
        return jobID(jobs.count - 1)
    }

    /// The oldest file that has arrived.
    func file(at now: Timestamp) -> ProviderFile? {
        files.firstIndex { $0.arrives <= now }.map { Sample.file(.ready, id: fileID($0)) }
    }

    /// The oldest job that has arrived.
    func job(at now: Timestamp) -> ProviderJob? {
        jobs.firstIndex { $0.arrives <= now }.map { ProviderJob(id: jobID($0), phase: jobs[$0].phase) }
    }

    /// The job of this id, which was made.
    func job(_ id: ProviderJobID) -> ProviderJob {
        let place = jobs.indices.first { jobID($0) == id } ?? 0
        return ProviderJob(id: id, phase: jobs[place].phase)
    }

    /// The job trains on, or ends.
    mutating func advance(_ id: ProviderJobID, using random: inout SeededGenerator) {
        guard let place = jobs.indices.first(where: { jobID($0) == id }) else { return }
        jobs[place].phase =
            switch jobs[place].phase {
            case .validatingFiles: random.pick([.validatingFiles, .queued, .failed(ProviderComplaint("bad file"))])
            case .queued: random.pick([.queued, .running, .unknown(word: "paused")])
            case .running:
                random.pick([.running, .running, .unknown(word: "paused"), .succeeded(model: "ft:1", trainedTokens: 9)])
            case .unknown: random.pick([.unknown(word: "paused"), .running])
            case .succeeded, .failed, .cancelled: jobs[place].phase
            }
    }

    mutating func cancel(_ id: ProviderJobID, using random: inout SeededGenerator) {
        guard let place = jobs.indices.first(where: { jobID($0) == id }), !jobs[place].phase.isEnd else { return }
        jobs[place].phase = random.pick([.cancelled, .cancelled, .unknown(word: "cancelling"), jobs[place].phase])
    }

    private func fileID(_ place: Int) -> ProviderFileID { ProviderFileID(rawValue: "file-\(place)") }
    private func jobID(_ place: Int) -> ProviderJobID { ProviderJobID(rawValue: "ftjob-\(place)") }
}

extension ProviderJob.Phase {
    var isEnd: Bool {
        switch self {
        case .succeeded, .failed, .cancelled: true
        case .validatingFiles, .queued, .running, .unknown: false
        }
    }
}
