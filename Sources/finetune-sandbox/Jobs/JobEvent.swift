/// Something that happened to a job, at a moment of sandbox time.
struct JobEvent: Sendable {
    enum Kind: Equatable, Sendable {
        case created
        case validating(file: String)
        case validated
        case failed(JobFailure)
        case started
        case step(Int, of: Int, Training.Measure)
        case checkpoint(step: Int)
        case paused
        case resumed
        case cancelled
        case modelCreated(name: String)
        case completed
    }

    var time: Double
    var kind: Kind
}

extension FineTuningJob {
    /// What happened until a time, oldest first.
    func events(until time: Double) -> [JobEvent] {
        let end = min(time, ending?.time ?? time)
        let own = ownEvents.map { JobEvent(time: runningTime.time(ofElapsed: $0.elapsed), kind: $0.kind) }
        let all = own.filter { $0.time <= end } + outsideEvents.filter { $0.time <= time }
        // The sort must keep events of one moment in the order in which they are listed.
        return all.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
    }

    /// The end of each epoch until a time, oldest first.
    func checkpoints(until time: Double) -> [JobEvent] {
        events(until: time).filter { event in
            if case .checkpoint = event.kind { true } else { false }
        }
    }

    private typealias Moment = (elapsed: Double, kind: JobEvent.Kind)

    private var ownEvents: [Moment] {
        let first: [Moment] = [(0, .created), (0, .validating(file: order.trainingFile))]
        guard let validated = timeline.validated else { return first }
        switch timeline.preparation {
        case .underway: return first
        case .rejected(let failure, _): return first + [(validated, .failed(failure))]
        case .trained(let training, _):
            let start: [Moment] = [(validated, .validated), (validated + JobTimeline.queued, .started)]
            let end = validated + JobTimeline.queued + JobTimeline.running
            return first + start + steps(of: training) + [(end, .modelCreated(name: modelName)), (end, .completed)]
        }
    }

    private func steps(of training: Training) -> [Moment] {
        let schedule = training.schedule
        return schedule.reportedSteps.flatMap { step -> [Moment] in
            let elapsed = timeline.elapsed(atStep: step, of: schedule)
            let report = (elapsed, JobEvent.Kind.step(step, of: schedule.totalSteps, training.measure(atStep: step)))
            return schedule.epochEnding(withStep: step) == nil
                ? [report] : [report, (elapsed, .checkpoint(step: step))]
        }
    }

    private var outsideEvents: [JobEvent] {
        var events = runningTime.pauses.map(\.lowerBound).map { JobEvent(time: $0, kind: .paused) }
        events += runningTime.pauses.map(\.upperBound).filter { $0 != ending?.time }
            .map { JobEvent(time: $0, kind: .resumed) }
        if let since = runningTime.pausedSince { events.append(JobEvent(time: since, kind: .paused)) }
        switch ending {
        case nil: break
        case .cancelled(let time): events.append(JobEvent(time: time, kind: .cancelled))
        case .failed(let failure, let time): events.append(JobEvent(time: time, kind: .failed(failure)))
        }
        return events
    }
}
