import Identifiers
import Jobs
import SeededRandomness

/// A provider as money sees it: what it was asked to make, when that arrived, and what it made of it.
struct ProviderWorld {
    /// A job that was asked for.
    struct MadeJob {
        var arrives: Timestamp
        var files: SentFiles
        var phase = ProviderJob.Phase.validatingFiles
    }

    /// A file that was sent.
    struct MadeFile {
        var arrives: Timestamp
        var role: DatasetRole
    }

    private(set) var files: [MadeFile] = []
    private(set) var jobs: [MadeJob] = []

    mutating func makeFile(_ role: DatasetRole, arriving moment: Timestamp) -> ProviderFileID {
        files.append(MadeFile(arrives: moment, role: role))
        return fileID(files.count - 1)
    }

    mutating func makeJob(_ files: SentFiles, arriving moment: Timestamp) -> ProviderJobID {
        jobs.append(MadeJob(arrives: moment, files: files))
        return jobID(jobs.count - 1)
    }

    /// The oldest file of its kind that has arrived.
    func file(_ role: DatasetRole, at now: Timestamp) -> ProviderFile? {
        files.firstIndex { $0.role == role && $0.arrives <= now }.map { Sample.file(.ready, id: fileID($0)) }
    }

    /// What the file of this id is for.
    func role(of id: ProviderFileID) -> DatasetRole? {
        files.indices.first { fileID($0) == id }.map { files[$0].role }
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
            case .queued: random.pick([.queued, .running, .running, .unknown(word: "paused"), .cancelled])
            case .running:
                random.pick([.running, .running, .unknown(word: "paused"), .succeeded(model: "ft:1")])
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
