/// How long a job has run: sandbox seconds since its start, without its pauses.
struct RunningTime: Equatable, Sendable {
    let start: Double
    private(set) var pauses: [ClosedRange<Double>] = []
    private(set) var pausedSince: Double?

    init(start: Double) {
        self.start = start
    }

    mutating func pause(at time: Double) {
        pausedSince = pausedSince ?? time
    }

    mutating func resume(at time: Double) {
        guard let since = pausedSince else { return }
        pauses.append(since...max(since, time))
        pausedSince = nil
    }

    func elapsed(at time: Double) -> Double {
        let end = min(time, pausedSince ?? time)
        let paused = pauses.reduce(0) { $0 + max(0, min(end, $1.upperBound) - min(end, $1.lowerBound)) }
        return end - start - paused
    }

    /// When the job has run so long; infinity while a pause stands before it.
    func time(ofElapsed elapsed: Double) -> Double {
        var time = start + elapsed
        for pause in pauses where pause.lowerBound < time {
            time += pause.upperBound - pause.lowerBound
        }
        if let pausedSince, time > pausedSince { return .infinity }
        return time
    }
}
