/// A fine-tuning job. All that a client sees of it follows from these values and the time it asks.
struct FineTuningJob: Identifiable, Sendable {
    /// An end that came from outside, before the job's own.
    enum Ending: Sendable {
        case cancelled(time: Double)
        case failed(JobFailure, time: Double)

        var time: Double {
            switch self {
            case .cancelled(let time), .failed(_, let time): time
            }
        }
    }

    let id: String
    let order: JobOrder
    let seed: Int
    /// The name that the tuned model has once the job succeeds.
    let modelName: String
    let resultFileID: String
    var runningTime: RunningTime
    var timeline = JobTimeline()
    private(set) var ending: Ending?
    /// Shown in place of the true status until it is lifted.
    var forcedStatus: JobStatus?

    init(order: JobOrder, time: Double) {
        id = randomIdentifier(prefix: "ftjob-")
        self.order = order
        seed = order.seed ?? Int.random(in: 0...2_147_483_647)
        modelName = Self.modelName(base: order.model, suffix: order.suffix)
        resultFileID = randomIdentifier(prefix: "file-", length: 22)
        runningTime = RunningTime(start: time)
    }

    private static func modelName(base: String, suffix: String?) -> String {
        let plain = (suffix ?? "").lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        return "ft:\(base):sandbox:\(String(plain)):\(randomIdentifier(prefix: "", length: 8))"
    }

    /// The true status, whatever word was forced.
    func status(at time: Double) -> JobStatus {
        switch ending {
        case .cancelled: return .cancelled
        case .failed: return .failed
        case nil: break
        }
        switch timeline.phase(atElapsed: runningTime.elapsed(at: time)) {
        case .succeeded: return .succeeded
        case .failed: return .failed
        case .validatingFiles: return runningTime.pausedSince == nil ? .validatingFiles : .paused
        case .queued: return runningTime.pausedSince == nil ? .queued : .paused
        case .running: return runningTime.pausedSince == nil ? .running : .paused
        }
    }

    func failure(at time: Double) -> JobFailure? {
        if case .failed(let failure, _) = ending { return failure }
        guard case .failed(let failure) = timeline.phase(atElapsed: runningTime.elapsed(at: time)), ending == nil else {
            return nil
        }
        return failure
    }

    /// When the job ended; `nil` before.
    func finishTime(at time: Double) -> Double? {
        if let ending { return ending.time }
        guard status(at: time).isTerminal else { return nil }
        return timeline.finished.map(runningTime.time(ofElapsed:))
    }

    /// The result, once the job has succeeded.
    func result(at time: Double) -> Training? {
        status(at: time) == .succeeded ? timeline.training : nil
    }
}

extension FineTuningJob {
    mutating func end(_ ending: Ending) {
        runningTime.resume(at: ending.time)
        self.ending = ending
    }

    mutating func cancel(at time: Double) throws(APIError) {
        try refuseIfTerminal(at: time, verb: "cancelled")
        end(.cancelled(time: time))
    }

    mutating func pause(at time: Double) throws(APIError) {
        try refuseIfTerminal(at: time, verb: "paused")
        guard runningTime.pausedSince == nil else {
            throw .badRequest("Job '\(id)' is paused already.", code: "invalid_job_status")
        }
        runningTime.pause(at: time)
    }

    mutating func resume(at time: Double) throws(APIError) {
        try refuseIfTerminal(at: time, verb: "resumed")
        guard runningTime.pausedSince != nil else {
            throw .badRequest("Job '\(id)' is not paused.", code: "invalid_job_status")
        }
        runningTime.resume(at: time)
    }

    func refuseIfTerminal(at time: Double, verb: String) throws(APIError) {
        let status = status(at: time)
        guard status.isTerminal else { return }
        throw .badRequest(
            "Job '\(id)' cannot be \(verb): it is already \(status.word).", code: "invalid_job_status")
    }
}
