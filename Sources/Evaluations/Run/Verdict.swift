/// What an answer is worth.
package enum Verdict: Hashable, Sendable {
    /// It gives what the golden SQL gives.
    case correct
    /// It runs, and gives something else.
    case different
    /// It is not one statement that only reads and prepares against the database.
    case invalid(reason: String)
    /// It prepares, and cannot be run to its end within the limits.
    case failed(reason: String)
    /// The provider gave no answer to this question, and would not give one later.
    case unanswered(reason: String)
    /// Nobody can tell: the golden SQL cannot be run, or the database is none that the daemon opens.
    case unjudged(reason: String)

    /// Whether it counts as right; `nil` where nobody can tell.
    package var isRight: Bool? { word.isRight }

    /// Whether the SQL is valid: it prepares; `nil` where nobody can tell.
    package var isValid: Bool? {
        switch self {
        case .correct, .different, .failed: true
        case .invalid, .unanswered: false
        case .unjudged: nil
        }
    }

    /// Why it is not right, in a sentence without a full stop.
    package var reason: String? {
        switch self {
        case .correct: nil
        case .different: "it gives another result"
        case .invalid(let reason), .failed(let reason), .unanswered(let reason), .unjudged(let reason): reason
        }
    }
}

extension Verdict {
    /// A verdict without its reason. The raw values are the words of the wire and of the state.
    package enum Word: String, Hashable, Sendable, CaseIterable {
        case correct, different, invalid, failed, unanswered, unjudged

        /// Whether it counts as right; `nil` where nobody can tell.
        package var isRight: Bool? {
            switch self {
            case .correct: true
            case .different, .invalid, .failed, .unanswered: false
            case .unjudged: nil
            }
        }
    }

    /// The word for it.
    package var word: Word {
        switch self {
        case .correct: .correct
        case .different: .different
        case .invalid: .invalid
        case .failed: .failed
        case .unanswered: .unanswered
        case .unjudged: .unjudged
        }
    }

    /// The verdict of this word; `reason` is for those that have one of their own.
    package init(_ word: Word, reason: String) {
        self =
            switch word {
            case .correct: .correct
            case .different: .different
            case .invalid: .invalid(reason: reason)
            case .failed: .failed(reason: reason)
            case .unanswered: .unanswered(reason: reason)
            case .unjudged: .unjudged(reason: reason)
            }
    }
}
