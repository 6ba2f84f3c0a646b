import FoundationEssentials

/// The time in which jobs live: real seconds since the start, times the speed. It never jumps, whatever
/// becomes of the speed, and every moment of it has its date.
struct SandboxClock {
    /// A century in under an hour.
    static let greatestSpeed = 1e6

    private struct Segment {
        let date: Date
        let time: Double
        let speed: Double
    }

    private var segments: [Segment]

    init(start: Date, speed: Double) {
        segments = [Segment(date: start, time: 0, speed: speed)]
    }

    var speed: Double { current.speed }

    private var current: Segment { segments[segments.count - 1] }

    mutating func setSpeed(_ speed: Double, at date: Date) {
        segments.append(Segment(date: date, time: time(at: date), speed: speed))
    }

    /// Sandbox seconds at a date; a date before the latest change of speed counts as that change.
    func time(at date: Date) -> Double {
        current.time + max(0, date.timeIntervalSince(current.date)) * current.speed
    }

    func date(of time: Double) -> Date {
        let segment = segments.last { $0.time <= time } ?? segments[0]
        return segment.date.addingTimeInterval((time - segment.time) / segment.speed)
    }
}
