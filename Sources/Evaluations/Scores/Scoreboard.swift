internal import Jobs
package import Identifiers

/// Sums an evaluation up, question by question.
package struct Scoreboard: Sendable {
    /// How each model did.
    package private(set) var scores: [Contestant: ContestantScore] = [:]
    /// How the two did on the same questions, where both could be judged.
    package private(set) var pairs = PairedCounts()
    /// The golden records marked `must_pass` that the candidate answers wrong, but for those that the baseline is
    /// known to answer wrong too.
    package private(set) var regressions: [ObjectID] = []

    /// A board for these models.
    package init(contestants: [Contestant]) {
        for contestant in contestants { scores[contestant] = ContestantScore() }
    }

    /// Adds the answers to one question; a model that has not answered yet is left out.
    package mutating func add(_ question: EvaluationQuestion, _ answers: [EvaluationAnswer]) {
        let features = SQLFeature.all(of: question.goldenSQL)
        for answer in answers { scores[answer.contestant]?.add(answer, features: features) }
        let candidate = answers.verdict(of: .candidate)
        let baseline = answers.verdict(of: .baseline)
        if let candidate, let baseline { pairs.add(candidate: candidate, baseline: baseline) }
        if question.mustPass, candidate == false, baseline != false { regressions.append(question.record) }
    }
}

extension [EvaluationAnswer] {
    fileprivate func verdict(of contestant: Contestant) -> Bool? {
        first { $0.contestant == contestant }?.verdict.isRight
    }
}

/// How one model did.
package struct ContestantScore: Sendable {
    /// Right and judged, of some questions.
    package struct Tally: Hashable, Sendable {
        /// How many answers were right.
        package private(set) var right = 0
        /// Of how many that could be judged.
        package private(set) var judged = 0

        mutating func add(_ isRight: Bool?) {
            guard let isRight else { return }
            judged += 1
            if isRight { right += 1 }
        }

        /// The share, with its interval; `nil` where none could be judged.
        package var share: ProportionInterval? { ProportionInterval(right, of: judged) }
    }

    /// Execution accuracy over all questions.
    package private(set) var overall = Tally()
    /// Execution accuracy where the golden SQL has a feature.
    package private(set) var byFeature: [SQLFeature: Tally] = [:]
    /// Execution accuracy where the golden SQL has none of the features.
    package private(set) var plain = Tally()
    /// SQL that prepares.
    package private(set) var valid = Tally()
    /// SQL that is the golden one, but for spaces, letters' case and comments.
    package private(set) var exactMatch = Tally()
    /// How many answers there are.
    package private(set) var answerCount = 0
    /// How many of them nobody can judge.
    package private(set) var unjudgedCount = 0
    /// Tokens of all prompts.
    package private(set) var promptTokens = 0
    /// Tokens of all answers.
    package private(set) var answerTokens = 0
    private var milliseconds: [Int] = []

    /// No answers yet.
    package init() {}

    mutating func add(_ answer: EvaluationAnswer, features: Set<SQLFeature>) {
        answerCount += 1
        let isRight = answer.verdict.isRight
        if isRight == nil { unjudgedCount += 1 }
        overall.add(isRight)
        for feature in features { byFeature[feature, default: Tally()].add(isRight) }
        if features.isEmpty { plain.add(isRight) }
        valid.add(answer.verdict.isValid)
        exactMatch.add(answer.isExactMatch)
        promptTokens = promptTokens.addingTokens(answer.promptTokens ?? 0)
        answerTokens = answerTokens.addingTokens(answer.answerTokens ?? 0)
        milliseconds.append(answer.milliseconds)
    }

    /// How long answers took, in milliseconds; `nil` where there is none.
    package var latency: Percentiles? { Percentiles(milliseconds) }
}
