import FinetuneAPI
import Identifiers

extension Evaluation {
    /// What people read of an evaluation.
    func text(on terminal: Terminal) -> String {
        let fields = FieldList(self).text(on: terminal)
        guard let summary else { return fields }
        return fields + "\n" + TextTable(summary).text(on: terminal) + "\n" + summary.conclusion
    }
}

extension FieldList {
    /// An evaluation.
    init(_ evaluation: Evaluation) {
        self.init()
        add("id", evaluation.id.description)
        add("finetuning", evaluation.finetuning.description)
        add("status", evaluation.status.rawValue, evaluation.status.style)
        add("error", evaluation.error, .bad)
        add("in its way", evaluation.obstacle, .doubtful)
        add("tuned model", evaluation.candidate.modelID)
        add("baseline", evaluation.baseline?.modelID ?? "none")
        add("alias", evaluation.alias)
        add("questions", evaluation.questions.grouped)
        add("answers", "\(evaluation.answers.grouped) of \(evaluation.neededAnswers.grouped)")
        add("tokens", evaluation.tokensUsed.grouped)
        add("created", evaluation.createdAt.readable)
    }

    /// What an evaluation would ask.
    init(_ plan: EvaluationPlan) {
        self.init()
        add("tuned model", plan.candidate.modelID)
        add("baseline", plan.baseline?.modelID ?? "none")
        add("questions", plan.questions.grouped)
        add("trained on", plan.trainedOn == 0 ? nil : "\(plan.trainedOn.grouped) of them", .doubtful)
        add("prompt tokens", plan.promptTokens.grouped)
        add("answer tokens", "about \(plan.answerTokens.grouped)")
        add(
            "cost",
            plan.cost.map { "about $\($0), at most $\(plan.mostCost ?? $0)" }
                ?? "unknown: \(plan.costReason ?? "no price")")
        add("in its way", plan.obstacle, .bad)
        add(
            "measures",
            plan.measuresExecution
                ? "execution accuracy" : "exact matches alone: the daemon cannot run SQL on this database",
            plan.measuresExecution ? .plain : .doubtful)
    }
}

extension TextTable {
    /// Evaluations, one a row.
    init(evaluations: [Evaluation]) {
        self.init(
            columns: [
                .fixed("ID"), .fixed("STATUS"), .flexible("TUNED MODEL"), .flexible("BASELINE"),
                .fixed("ANSWERS", .right), .fixed("CREATED (UTC)"),
            ],
            rows: evaluations.map { evaluation in
                [
                    Cell(evaluation.id.description), Cell(evaluation.status.rawValue, evaluation.status.style),
                    Cell(evaluation.candidate.modelID), Cell(evaluation.baseline?.modelID ?? "-"),
                    Cell("\(evaluation.answers)/\(evaluation.neededAnswers)"),
                    Cell("\(evaluation.createdAt.day) \(evaluation.createdAt.clock)"),
                ]
            },
            absence: "No evaluations. Make one: finetunectl evaluate FINETUNING")
    }

    /// Questions and what was answered, one a row.
    init(results: [EvaluationResult]) {
        self.init(
            columns: [
                .fixed("#", .right), .flexible("QUESTION"), .fixed("TUNED"), .fixed("BASELINE"), .fixed("MARKED"),
                .flexible("SQL"),
            ],
            rows: results.map { result in
                [
                    Cell("\(result.position + 1)"), Cell(result.question), Cell(result.candidate),
                    Cell(result.baseline), Cell(result.marks ?? "-"), Cell(result.candidate?.sql ?? "-"),
                ]
            },
            absence: "No such answers.")
    }

    /// What an evaluation measured, a measure a row.
    init(_ summary: EvaluationSummary) {
        let scores = [summary.candidate] + (summary.baseline.map { [$0] } ?? [])
        func row(_ name: String, _ value: (EvaluationScore) -> String) -> [Cell] {
            [Cell(name)] + scores.map { Cell(value($0)) }
        }
        let features = summary.candidate.byFeature.map(\.feature)
        self.init(
            columns: [.fixed("MEASURE"), .fixed("TUNED")] + (summary.baseline == nil ? [] : [.fixed("BASELINE")]),
            rows: [
                row("execution accuracy") { $0.executionAccuracy.readable },
                row("valid SQL") { $0.validSQL.readable }, row("exact match") { $0.exactMatch.readable },
            ]
                + features.map { feature in
                    row("  \(feature.replacing("_", with: " "))") { score in
                        score.byFeature.first { $0.feature == feature }?.accuracy.fraction ?? "-"
                    }
                } + [
                    row("tokens asked, answered") { "\($0.promptTokens.grouped), \($0.answerTokens.grouped)" },
                    row("cost") { $0.cost.map { "$\($0)" } ?? "unknown" },
                    row("latency p50, p95") { $0.latency.map { "\($0.median) ms, \($0.most) ms" } ?? "-" },
                ],
            absence: "")
    }
}

extension EvaluationResult {
    /// What is to be known of the question; nothing of most.
    var marks: String? {
        let marks = [trainedOn ? "trained on" : nil, mustPass ? "must pass" : nil].compactMap(\.self)
        return marks.isEmpty ? nil : marks.joined(separator: ", ")
    }
}

extension TextTable.Cell {
    fileprivate init(_ answer: EvaluationAnswer?) {
        guard let answer else {
            self.init("-")
            return
        }
        self.init(answer.verdict.rawValue, answer.verdict == .correct ? .good : .bad)
    }
}

extension MeasuredShare {
    /// `80.0 % (8 of 10; 49.0 to 94.3 %)`
    var readable: String {
        guard let share, let lower, let upper else { return "none judged" }
        return "\(share.percent) % (\(fraction); \(lower.percent) to \(upper.percent) %)"
    }

    /// `8 of 10`
    var fraction: String { "\(count) of \(of)" }
}

extension Double {
    /// Hundredths with one decimal place: `49.0`.
    var percent: String {
        let tenths = Int((self * 1_000).rounded())
        return "\(tenths < 0 ? "-" : "")\(tenths.magnitude / 10).\(tenths.magnitude % 10)"
    }
}

extension EvaluationComparison {
    /// `p = 0.0312`, or that it is too small for so many places.
    fileprivate var readableP: String { pValue < 0.0001 ? "p < 0.0001" : "p = \(pValue.rounded(toPlaces: 4))" }
}

extension EvaluationSummary {
    /// What the numbers hide, and what the comparison says, in words.
    var conclusion: String {
        var lines = [memory(of: "tuned model", trainedOn), memoryOfBaseline].compactMap(\.self)
        let unjudged = candidate.unjudged + (baseline?.unjudged ?? 0)
        if unjudged > 0 { lines.append("Nobody could judge \(unjudged.counting("answer")), which count for no side.") }
        if let comparison {
            lines.append(
                "Difference \(comparison.difference.percent) points "
                    + "(\(comparison.lower.percent) to \(comparison.upper.percent)); only the tuned model right: "
                    + "\(comparison.candidateOnly), only the baseline: \(comparison.baselineOnly); "
                    + "McNemar \(comparison.readableP).")
        }
        if !regressions.isEmpty {
            lines.append(
                "Records that must pass and do not: \(regressions.map(\.description).joined(separator: ", ")).")
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private var memoryOfBaseline: String? {
        guard baseline != nil else { return nil }
        guard let baselineTrainedOn else {
            return "Nobody knows whether the baseline was trained on any of these: its finetuning is not here."
        }
        return memory(of: "baseline", baselineTrainedOn)
    }

    private func memory(of model: String, _ count: Int) -> String? {
        count == 0
            ? nil
            : "The \(model) was trained on \(count.counting("question")) of these; "
                + "right answers to them show memory, not skill."
    }
}

extension EvaluationStatus {
    /// How the status looks.
    var style: Style {
        switch self {
        case .succeeded: .good
        case .failed: .bad
        case .cancelled: .doubtful
        case .queued, .running: .plain
        }
    }
}
