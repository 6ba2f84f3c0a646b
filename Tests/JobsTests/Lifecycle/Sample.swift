import Identifiers
import Jobs

/// The values that tests of a job's life share.
enum Sample {
    static let now = Timestamp(microseconds: 1_700_000_000_000_000)
    static let policy = RetryPolicy()
    static let dataset = Dataset(
        path: "/state/files/a.jsonl", byteCount: 4_096, exampleCount: 12, sha256: String(repeating: "0a", count: 32))
    static let fileID = ProviderFileID(rawValue: "file-1")
    static let validation = Dataset(
        path: "/state/files/a-validation.jsonl", byteCount: 512, exampleCount: 2,
        sha256: String(repeating: "0b", count: 32))
    static let validationFileID = ProviderFileID(rawValue: "file-2")
    static let jobID = ProviderJobID(rawValue: "ftjob-1")
    static let artifacts = Job.Artifacts(dataset: dataset, file: fileID, job: jobID)
    /// A job's files where nothing is held out.
    static let files = SentFiles(training: SentFile(dataset, fileID))
    /// The same with a validation file.
    static let bothFiles = SentFiles(
        training: SentFile(dataset, fileID), validation: SentFile(validation, validationFileID))
    static let failure = JobFailure(code: "not_enough_golden_records", message: "only 3 are left")
    static let retryAfter = Duration.seconds(30)

    static func file(_ readiness: ProviderFile.Readiness, id: ProviderFileID = fileID) -> ProviderFile {
        ProviderFile(id: id, name: "finetuned-1.jsonl", byteCount: dataset.byteCount, readiness: readiness)
    }

    static func job(_ phase: ProviderJob.Phase, id: ProviderJobID = jobID) -> ProviderJob {
        ProviderJob(id: id, phase: phase)
    }
}

extension ProviderError {
    static let busy = ProviderError.unavailable(
        ProviderComplaint("slow down", httpStatus: 429), retryAfter: Sample.retryAfter)
    static let lost = ProviderError.answerLost(ProviderComplaint("the connection was closed"), retryAfter: nil)
    static let wrongKey = ProviderError.unauthorized(ProviderComplaint("wrong key", httpStatus: 401))
    static let refusal = ProviderError.refused(
        ProviderComplaint("not for you", httpStatus: 403, code: "training_not_available"))
    static let missing = ProviderError.refused(ProviderComplaint("no such thing", httpStatus: 404))
}

extension Job {
    /// What an event makes of this job at a moment, with the shortest wait that the policy has.
    func after(
        _ event: JobEvent, at now: Timestamp = Sample.now, jitter: Double = 0, policy: RetryPolicy = Sample.policy
    ) -> Transition {
        applying(event, at: Moment(now: now, jitter: jitter), policy: policy)
    }

    /// The job after the event, this one if nothing changes, and what is told.
    func moved(
        by event: JobEvent, at now: Timestamp = Sample.now, policy: RetryPolicy = Sample.policy
    ) -> (job: Job, told: [Happening]) {
        switch after(event, at: now, policy: policy) {
        case .moved(let job, let told): (job, told)
        case .unchanged, .refused: (self, [])
        }
    }
}
