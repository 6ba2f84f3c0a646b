package import Jobs

/// Something worth telling about an evaluation: what becomes a numbered event.
package enum EvaluationHappening: Hashable, Sendable {
    /// The order was accepted.
    case accepted(questions: Int, models: Int)
    /// The first question is asked.
    case started
    /// A model answered; so many answers are in, of so many.
    case answered(EvaluationAnswer, count: Int, of: Int)
    /// The provider gives no answers now, for this reason.
    case waiting(reason: String)
    /// Answers come again.
    case resumed
    /// It is over.
    case ended(EvaluationOutcome)
}

extension EvaluationHappening {
    /// The event's name, as clients filter by it.
    package var name: String {
        switch self {
        case .accepted: "accepted"
        case .started: "started"
        case .answered: "answered"
        case .waiting: "waiting"
        case .resumed: "resumed"
        case .ended(.succeeded): "succeeded"
        case .ended(.failed): "failed"
        case .ended(.cancelled): "cancelled"
        }
    }

    /// How grave it is.
    package var level: ProviderEvent.Level {
        switch self {
        case .accepted, .started, .answered, .resumed, .ended(.succeeded), .ended(.cancelled): .info
        case .waiting: .warning
        case .ended(.failed): .error
        }
    }

    /// One sentence for people.
    package var message: String {
        switch self {
        case .accepted(let questions, let models):
            "accepted with \(questions) questions to \(models == 1 ? "one model" : "\(models) models")"
        case .started: "asking"
        case .answered(let answer, let count, let total):
            "\(count) of \(total): question \(answer.position + 1), \(answer.contestant.rawValue): "
                + (answer.verdict.reason ?? "right")
        case .waiting(let reason): "waiting: \(reason)"
        case .resumed: "going on"
        case .ended(.succeeded): "succeeded: every question was asked"
        case .ended(.failed(let reason)): "failed: \(reason)"
        case .ended(.cancelled): "cancelled"
        }
    }

    /// The facts, by name.
    package var detail: [String: EventDetail] {
        switch self {
        case .accepted(let questions, let models): ["questions": .integer(questions), "models": .integer(models)]
        case .answered(let answer, let count, let total):
            [
                "position": .integer(answer.position), "contestant": .text(answer.contestant.rawValue),
                "verdict": .text(answer.verdict.word.rawValue), "answers": .integer(count), "needed": .integer(total),
            ]
        case .waiting(let reason), .ended(.failed(let reason)): ["reason": .text(reason)]
        case .started, .resumed, .ended(.succeeded), .ended(.cancelled): [:]
        }
    }
}
