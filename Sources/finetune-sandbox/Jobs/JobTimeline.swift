/// A job's way from validation to its end, as a function of how long it has run. Nothing in it ticks: whoever
/// asks brings the time.
struct JobTimeline: Sendable {
    /// What became of reading the files and training; it takes real time, and a job waits for it in validation.
    enum Preparation: Sendable {
        case underway
        /// - Parameter elapsed: how long the job had run then.
        case rejected(JobFailure, elapsed: Double)
        case trained(Training, elapsed: Double)
    }

    enum Phase: Equatable {
        case validatingFiles
        case queued
        case running
        case succeeded
        case failed(JobFailure)
    }

    /// Sandbox seconds: about a minute in all.
    static let validating = 5.0
    static let queued = 10.0
    static let running = 45.0

    var preparation = Preparation.underway

    func phase(atElapsed elapsed: Double) -> Phase {
        guard let validated, elapsed >= validated else { return .validatingFiles }
        switch preparation {
        case .underway: return .validatingFiles
        case .rejected(let failure, _): return .failed(failure)
        case .trained:
            if elapsed < validated + Self.queued { return .queued }
            return elapsed < validated + Self.queued + Self.running ? .running : .succeeded
        }
    }

    /// When validation ends; `nil` while that is open.
    var validated: Double? {
        switch preparation {
        case .underway: nil
        case .rejected(_, let elapsed), .trained(_, let elapsed): max(Self.validating, elapsed)
        }
    }

    /// When the job comes to its end by itself; `nil` while that is open.
    var finished: Double? {
        switch preparation {
        case .underway: nil
        case .rejected: validated
        case .trained: validated.map { $0 + Self.queued + Self.running }
        }
    }

    /// When a step is done.
    func elapsed(atStep step: Int, of schedule: StepSchedule) -> Double {
        (validated ?? 0) + Self.queued + Self.running * schedule.progress(atStep: step)
    }

    var training: Training? {
        guard case .trained(let training, _) = preparation else { return nil }
        return training
    }
}
