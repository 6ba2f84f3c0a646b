import Evaluations
import FinetuneAPI
import Jobs
import Store

extension StateStore {
    private static var scorePage: Int { 1_000 }

    /// What the answers of an evaluation show so far.
    func scoreboard(of evaluation: Evaluations.Evaluation) async throws -> Scoreboard {
        var board = Scoreboard(contestants: evaluation.models.contestants)
        var number = 1
        while true {
            let page = try await answers(of: evaluation.id, PageRequest(number: number, limit: Self.scorePage))
            for item in page.items { board.add(item.question, item.answers) }
            guard page.items.count == Self.scorePage else { return board }
            number += 1
        }
    }
}

extension EvaluationSummary {
    /// The domain's form, as clients read it.
    init(_ board: Scoreboard, _ prices: EvaluationPrices, baselineTrainedOn: Int?) {
        self.init(
            candidate: EvaluationScore(board.scores[.candidate] ?? ContestantScore(), prices.candidate),
            baseline: board.scores[.baseline].map { EvaluationScore($0, prices.baseline) },
            comparison: EvaluationComparison(board.pairs), regressions: board.regressions,
            trainedOn: board.trainedOnCount, baselineTrainedOn: baselineTrainedOn)
    }
}

extension EvaluationScore {
    fileprivate init(_ score: ContestantScore, _ prices: QuestionPrices?) {
        let features = SQLFeature.allCases.compactMap { feature in
            score.byFeature[feature].map {
                FeatureScore(feature: feature.rawValue, accuracy: MeasuredShare($0))
            }
        }
        let plain =
            score.plain.judged == 0 ? [] : [FeatureScore(feature: "plain", accuracy: MeasuredShare(score.plain))]
        self.init(
            answers: score.answerCount, unjudged: score.unjudgedCount,
            executionAccuracy: MeasuredShare(score.overall), validSQL: MeasuredShare(score.valid),
            exactMatch: MeasuredShare(score.exactMatch), byFeature: features + plain,
            promptTokens: score.promptTokens, answerTokens: score.answerTokens,
            cost: score.cost(at: prices)?.description,
            latency: score.latency.map { LatencyPercentiles(median: $0[50], most: $0[95], nearlyAll: $0[99]) })
    }
}

extension ContestantScore {
    /// What the answers cost; `nil` where the price is not known, or the provider told no tokens.
    fileprivate func cost(at prices: QuestionPrices?) -> Price? {
        promptTokens == 0 ? nil : prices?.cost(promptTokens: promptTokens, answerTokens: answerTokens)
    }
}

extension MeasuredShare {
    fileprivate init(_ tally: ContestantScore.Tally) {
        self.init(tally.right, of: tally.judged, tally.share)
    }

    /// A count of some, with its interval.
    init(_ count: Int, of total: Int, _ interval: ProportionInterval?) {
        self.init(count: count, of: total, share: interval?.share, lower: interval?.lower, upper: interval?.upper)
    }
}

extension EvaluationComparison {
    /// The domain's form, as clients read it; nothing of no questions.
    init?(_ pairs: PairedCounts) {
        guard let difference = pairs.difference else { return nil }
        self.init(
            both: pairs.both, candidateOnly: pairs.candidateOnly, baselineOnly: pairs.baselineOnly,
            neither: pairs.neither, pValue: pairs.test.pValue, difference: difference.value, lower: difference.lower,
            upper: difference.upper)
    }
}
