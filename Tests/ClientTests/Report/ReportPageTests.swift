import FinetuneAPI
import Identifiers
import Testing

@testable import finetunectl

@Suite("A report")
struct ReportPageTests {
    private let id = ObjectID(seconds: 1, suffix: 1)

    @Test("shows wrong answers with what is to be known of them, and as much of their results as there is")
    func failures() {
        let rows = QueryResult(columns: ["<name>"], rows: [["Ada & Bob"], [.null]], isTruncated: true)
        let answer = EvaluationAnswer(
            sql: "SELECT 1", verdict: .different, reason: "it gives another result", result: rows, exactMatch: false,
            promptTokens: 1, answerTokens: 1, milliseconds: 1, createdAt: Timestamp(microseconds: 0))
        let failure = EvaluationResult(
            position: 0, goldenRecord: id, question: "Who?", goldenSQL: "SELECT 2", trainedOn: true, mustPass: true,
            goldenResult: nil, candidate: answer, baseline: nil)
        let page = ReportPage(facts(failures: [failure])).html
        #expect(page.contains("<h3>Who? <small>(trained on, must pass)</small></h3>"))
        #expect(page.contains("<th>&lt;name&gt;</th>"))
        #expect(page.contains("<td>Ada &amp; Bob</td>") && page.contains("<td>NULL</td>"))
        #expect(page.contains("<p><small>and more rows</small></p>"))
    }

    @Test("says what the checks say, and what a plan finds")
    func checks() {
        var facts = facts(failures: [])
        facts.checks = RecordChecks(checks: CheckCounts(valid: 12, invalid: 3), waiting: 0, runsAgain: false)
        facts.problems = [PlanProblem(severity: .warning, code: "x", message: "1 < 2 records", remedy: "none")]
        let page = ReportPage(facts).html
        #expect(page.contains("<dt>valid</dt><dd>12</dd>") && page.contains("<dt>invalid</dt><dd>3</dd>"))
        #expect(page.contains("<li>warning: 1 &lt; 2 records</li>"))
    }

    @Test(
        "says first that a model was trained on the questions",
        arguments: [
            (0, 0, "Answers 0.0 % of 28 questions right; the baseline answers 100.0 %."),
            (
                0, 28,
                "Answers 0.0 % of 28 questions right; the baseline answers 100.0 %, and was trained on 28 of them."
            ),
            (
                5, 0,
                "Answers 0.0 % of 28 questions right, and was trained on 5 of them; the baseline answers 100.0 %."
            ),
            (
                0, nil,
                "Answers 0.0 % of 28 questions right; the baseline answers 100.0 %, "
                    + "and nobody knows on how many of them it was trained."
            ),
        ] as [(Int, Int?, String)])
    func trainedOn(tuned: Int, baseline: Int?, lead: String) {
        let summary = EvaluationSummary(
            candidate: score(right: 0), baseline: score(right: 28), comparison: nil, regressions: [], trainedOn: tuned,
            baselineTrainedOn: baseline)
        var facts = facts(failures: [])
        facts.evaluation = evaluation(summary)
        let page = ReportPage(facts).html
        #expect(page.contains("<p class=\"lead\">\(lead)</p>"))
        #expect(page.contains("The baseline was trained on 28 questions of these") == (baseline == 28))
        #expect(page.contains("Nobody knows whether the baseline was trained") == (baseline == nil))
    }

    @Test("keeps a number and its unit in one piece, and wide tables in boxes of their own")
    func narrowScreen() {
        let summary = EvaluationSummary(
            candidate: score(right: 28), baseline: nil, comparison: nil, regressions: [], trainedOn: 0)
        var facts = facts(failures: [])
        facts.evaluation = evaluation(summary)
        let page = ReportPage(facts).html
        #expect(page.contains("<span class=\"measure\">100.0 %</span> <small class=\"measure\">28 of 28</small>"))
        #expect(page.contains("<div class=\"wide\">\n<table><thead><tr><th></th><th>tuned</th></tr></thead>"))
    }

    private func score(right: Int) -> EvaluationScore {
        let share = MeasuredShare(count: right, of: 28, share: Double(right) / 28, lower: 0, upper: 1)
        return EvaluationScore(
            answers: 28, unjudged: 0, executionAccuracy: share, validSQL: share, exactMatch: share, byFeature: [],
            promptTokens: 1, answerTokens: 1, cost: nil, latency: nil)
    }

    private func evaluation(_ summary: EvaluationSummary) -> Evaluation {
        let now = Timestamp(microseconds: 0)
        return Evaluation(
            id: id, finetuning: id, databaseConnection: id, status: .succeeded, error: nil,
            candidate: EvaluatedModel(modelProvider: "openai", modelID: "ft:2"),
            baseline: EvaluatedModel(modelProvider: "openai", modelID: "ft:1"), alias: nil, questions: 28, answers: 56,
            neededAnswers: 56, tokensUsed: 1, maximumTokens: nil, obstacle: nil, createdAt: now, updatedAt: now,
            metadata: nil, summary: summary)
    }

    private func facts(failures: [EvaluationResult]) -> ReportFacts {
        let connection = DatabaseConnection(
            id: id, alias: "shop", connectionURI: nil, dialect: "sqlite", schemas: [], llmAPIKey: nil, metadata: nil,
            createdAt: Timestamp(microseconds: 0), updatedAt: Timestamp(microseconds: 0), redaction: .masked)
        return ReportFacts(
            finetuning: .sample(id, .succeeded, model: "ft:1"), connection: connection, checkpoints: [], events: [],
            evaluation: nil,
            failures: failures)
    }
}
