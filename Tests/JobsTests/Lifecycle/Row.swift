import Jobs
import Testing

/// One row of the transition table: an event, and what it does where it does anything. In every situation that a
/// row does not list, its event changes nothing.
struct Row: CustomTestStringConvertible {
    let testDescription: String
    let event: JobEvent
    private let entries: [(place: Place, effect: Effect)]

    init(_ title: String, _ event: JobEvent, _ entries: (Place, Effect)...) {
        testDescription = title
        self.event = event
        self.entries = entries.map { (place: $0.0, effect: $0.1) }
    }

    /// What the row lists for a situation: one effect at most, if the row is written right.
    func effects(in situation: Situation) -> [Effect] {
        entries.filter { $0.place.contains(situation) }.map(\.effect)
    }
}

/// Some of the situations.
struct Place {
    private let steps: [Step]
    private let cancellations: [Job.Cancellation]

    func contains(_ situation: Situation) -> Bool {
        steps.contains(situation.step) && cancellations.contains(situation.cancellation)
    }

    /// Without a wish to cancel.
    static func at(_ steps: Step...) -> Place { Place(steps: steps, cancellations: [.none]) }
    /// With a wish to cancel, whether the provider knows it or not.
    static func cancelling(_ steps: Step...) -> Place { Place(steps: steps, cancellations: [.requested, .delivered]) }
    /// With a wish to cancel that the provider does not know yet.
    static func undelivered(_ steps: Step...) -> Place { Place(steps: steps, cancellations: [.requested]) }
    /// With no wish to cancel that the provider does not know yet.
    static func settled(_ steps: Step...) -> Place { Place(steps: steps, cancellations: [.none, .delivered]) }
    /// With or without a wish to cancel.
    static func any(_ steps: Step...) -> Place { Place(steps: steps, cancellations: Job.Cancellation.allCases) }
}

/// What an event does.
enum Effect {
    case moves(Move)
    /// The user hears that the wish cannot be met.
    case refuses(Transition.Refusal)

    /// The job moves to a step, or stays at its own, and things are told by these names.
    struct Move {
        var step: Step?
        var tells: [String]
        var cancellation: Job.Cancellation?
        var wait: Wait?
    }

    /// What a job waits for, and how long.
    struct Wait {
        var delay: Duration
        var obstacle: Job.Obstacle?
    }
}

extension Effect {
    static func to(_ step: Step, _ tells: String...) -> Effect {
        .moves(Move(step: step, tells: tells))
    }

    static func stays(_ tells: String...) -> Effect {
        .moves(Move(tells: tells))
    }

    /// Where it is, to look again after `delay`. Nothing is wrong.
    static func looksAgain(after delay: Duration) -> Effect {
        .moves(Move(tells: [], wait: Wait(delay: delay)))
    }

    /// Where it is, or back at a step, to try again after `delay`.
    static func waits(_ delay: Duration, for obstacle: Job.Obstacle, at step: Step? = nil) -> Effect {
        let told =
            switch obstacle {
            case .fault, .missing: "waiting"
            case .key: "waiting_for_key"
            }
        return .moves(Move(step: step, tells: [told], wait: Wait(delay: delay, obstacle: obstacle)))
    }

    /// The same, with this wish to cancel.
    func with(_ cancellation: Job.Cancellation) -> Effect {
        guard case .moves(var move) = self else { return self }
        move.cancellation = cancellation
        return .moves(move)
    }
}
