import FinetuneAPI
import Identifiers

/// A page about one finetuning.
struct ReportPage: Sendable {
    let facts: ReportFacts

    init(_ facts: ReportFacts) {
        self.facts = facts
    }

    /// The page: one file that needs nothing else.
    var html: String {
        let sections = [header, dataset, checks, training, evaluation, promotion, failures, history].compactMap(\.self)
        let page: HTML = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(facts.finetuning.alias)</title>
            <style>\(Self.style)</style>
            </head>
            <body>
            <main>
            \(sections)</main>
            </body>
            </html>

            """
        return page.source
    }
}

// MARK: What it is

extension ReportPage {
    private var header: HTML? {
        let finetuning = facts.finetuning
        let rows: [(String, String?)] = [
            ("status", finetuning.status.rawValue), ("model", finetuning.modelID),
            ("starts from", finetuning.baseLLM.readable), ("parameters", finetuning.baseLLM.modelParameters?.readable),
            ("database", "\(facts.connection.alias) (\(facts.connection.dialect))"),
            ("provider's job", finetuning.jobID), ("cost", finetuning.readableCost), ("error", finetuning.error),
            ("created", finetuning.createdAt.readable), ("id", finetuning.id.description),
        ]
        return """
            <header>
            <h1>\(finetuning.alias)</h1>
            <p class="lead">\(lead)</p>
            </header>
            \(definitions(rows))
            """
    }

    private var lead: String {
        guard let accuracy = facts.evaluation?.summary?.candidate.executionAccuracy, let share = accuracy.share else {
            return "Not evaluated yet: finetunectl evaluate \(facts.finetuning.alias)"
        }
        guard let baseline = facts.evaluation?.summary?.baseline?.executionAccuracy.share else {
            return "Answers \(share.percent) % of \(accuracy.of) questions right."
        }
        return "Answers \(share.percent) % of \(accuracy.of) questions right; "
            + "the baseline answers \(baseline.percent) %."
    }

    private var dataset: HTML? {
        let finetuning = facts.finetuning
        let notes = facts.events.filter { $0.level != .info }.map { "<li>\($0.message)</li>\n" as HTML }
        return section(
            "What it was trained on",
            definitions([
                ("golden records", finetuning.goldenRecords.count.grouped),
                ("held out", finetuning.validationGoldenRecords.count.grouped),
                (
                    "training file",
                    finetuning.trainingFile.map { "\($0.examples.grouped) examples, \($0.bytes.grouped) bytes" }
                ),
                ("tokens", finetuning.lineage.datasetTokens.map { "\($0.grouped) an epoch" }),
                ("values that left", finetuning.lineage.redaction?.rawValue),
                ("SHA-256", finetuning.trainingFile?.sha256),
                ("tables", finetuning.lineage.schemaFingerprint),
            ]) + (notes.isEmpty ? "" : "<h3>Told on the way</h3>\n<ul>\n\(notes)</ul>\n"))
    }

    private var checks: HTML? {
        guard let checks = facts.checks else { return nil }
        let counts = RecordCheck.Status.allCases.map { status -> (String, String?) in
            (status.rawValue, checks.checks[status].grouped)
        }
        let waiting: [(String, String?)] = checks.waiting == 0 ? [] : [("to run", checks.waiting.grouped)]
        let problems = facts.problems.map { "<li>\($0.severity.rawValue): \($0.message)</li>\n" as HTML }
        return section(
            "What the checks say now",
            "<p>Of all golden records of \(facts.connection.alias):</p>\n" + definitions(counts + waiting)
                + (problems.isEmpty ? "" : "<h3>Of those that it was trained on</h3>\n<ul>\n\(problems)</ul>\n"))
    }
}

// MARK: How it learnt

extension ReportPage {
    private var training: HTML? {
        let charts = [
            CurveChart(title: "Loss", curves: curves(["train_loss", "valid_loss", "full_valid_loss"])),
            CurveChart(
                title: "Token accuracy",
                curves: curves([
                    "train_mean_token_accuracy", "train_accuracy", "valid_mean_token_accuracy",
                    "full_valid_mean_token_accuracy",
                ])),
        ].compactMap(\.svg)
        guard !charts.isEmpty || !facts.checkpoints.isEmpty else { return nil }
        return section("How it learnt", "\(charts)" + checkpointTable)
    }

    // The provider tells the same names in its events and in its checkpoints.
    private func curves(_ names: [String]) -> [CurveChart.Curve] {
        names.compactMap { name in
            var points = facts.events.compactMap { $0.detail.point(name) }
            if points.isEmpty {
                points = facts.checkpoints.compactMap { checkpoint in
                    checkpoint.metrics[name]?.double.map { .init(step: Double(checkpoint.step), value: $0) }
                }
            }
            return points.isEmpty ? nil : CurveChart.Curve(name: name, points: points.sorted { $0.step < $1.step })
        }
    }

    private var checkpointTable: HTML {
        guard !facts.checkpoints.isEmpty else { return "" }
        let rows = facts.checkpoints.map { checkpoint -> HTML in
            """
            <tr><td class="number">\(checkpoint.step.grouped)</td><td>\(checkpoint.metrics.readableFacts)</td>\
            <td>\(checkpoint.modelID ?? "")</td></tr>

            """
        }
        return """
            <table><thead><tr><th class="number">step</th><th>measured</th><th>model</th></tr></thead>
            <tbody>
            \(rows)</tbody></table>

            """
    }
}

// MARK: How good it is

extension ReportPage {
    private var evaluation: HTML? {
        guard let evaluation = facts.evaluation, let summary = evaluation.summary else { return nil }
        let models = "\(evaluation.candidate.modelID) beside \(evaluation.baseline?.modelID ?? "nothing")"
        return section(
            "How good it is",
            "<p>\(models), \(evaluation.questions) questions each.</p>\n" + scoreTable(summary)
                + "<p>\(summary.conclusion)</p>\n")
    }

    private func scoreTable(_ summary: EvaluationSummary) -> HTML {
        let scores = [summary.candidate] + (summary.baseline.map { [$0] } ?? [])
        let features = summary.candidate.byFeature.map(\.feature)
        let rows =
            [
                row("execution accuracy", scores.map { bar($0.executionAccuracy) }),
                row("valid SQL", scores.map { bar($0.validSQL) }),
                row("exact match", scores.map { bar($0.exactMatch) }),
            ]
            + features.map { feature in
                row(
                    "… \(feature.replacing("_", with: " "))",
                    scores.map { score in score.byFeature.first { $0.feature == feature }.map { bar($0.accuracy) } ?? ""
                    })
            } + [
                row("tokens asked", scores.map { .text($0.promptTokens.grouped) }),
                row("tokens answered", scores.map { .text($0.answerTokens.grouped) }),
                row("cost", scores.map { .text($0.cost.map { "$\($0)" } ?? "unknown") }),
                row("latency, median", scores.map { .text($0.latency.map { "\($0.median) ms" } ?? "") }),
            ]
        let baseline: HTML = summary.baseline == nil ? "" : "<th>baseline</th>"
        return """
            <table><thead><tr><th></th><th>tuned</th>\(baseline)</tr></thead>
            <tbody>
            \(rows)</tbody></table>

            """
    }

    private func row(_ name: String, _ cells: [HTML]) -> HTML {
        "<tr><th>\(name)</th>\(cells.map { "<td>\($0)</td>" as HTML })</tr>\n"
    }

    private func bar(_ share: MeasuredShare) -> HTML {
        guard let value = share.share else { return "none judged" }
        return """
            <span class="bar"><span style="width:\(value.percent)%"></span></span> \(value.percent) % \
            <small class="when">\(share.fraction)</small>
            """
    }
}

// MARK: Whether it was let through

extension ReportPage {
    private var promotion: HTML? {
        if let promoted = facts.promotion, let verdict = promoted.version.gate {
            let manner =
                verdict.passed
                ? "The gate let it through."
                : "The gate refused it, and an administrator promoted it all "
                    + "the same: user \(promoted.version.userID), \(promoted.version.createdAt.readable)."
            return section(
                "Promoted to \(promoted.alias)",
                "<p>Version \(promoted.version.version). \(manner)</p>\n"
                    + findingTable(verdict))
        }
        guard let promotion = facts.finetuning.automaticPromotion else { return nil }
        return section("Promotion", "<p>\(promotion.readable)</p>\n")
    }

    private func findingTable(_ verdict: GateVerdict) -> HTML {
        guard !verdict.findings.isEmpty else { return "<p>Nothing had measured it.</p>\n" }
        let rows = verdict.findings.map { finding -> HTML in
            """
            <tr><th>\(finding.requirement.readable)</th><td>\(finding.wanted)</td>\
            <td>\(finding.met ? "yes" : "no")</td><td>\(finding.message)</td></tr>

            """
        }
        return """
            <table><thead><tr><th>requirement</th><th>wanted</th><th>met</th><th>measured</th></tr></thead>
            <tbody>
            \(rows)</tbody></table>

            """
    }
}

// MARK: Where it fails

extension ReportPage {
    private var failures: HTML? {
        guard !facts.failures.isEmpty else { return nil }
        return section("Where it fails", "\(facts.failures.map(failure))")
    }

    private func failure(_ result: EvaluationResult) -> HTML {
        let marks = result.marks.map { " <small>(\($0))</small>" as HTML } ?? ""
        return """
            <article>
            <h3>\(result.question)\(marks)</h3>
            <div class="pair">
            <div><h4>golden</h4><pre>\(result.goldenSQL)</pre>\(table(result.goldenResult))</div>
            <div><h4>tuned: \(result.candidate?.reason ?? "")</h4><pre>\(result.candidate?.sql ?? "no SQL")</pre>\
            \(table(result.candidate?.result))</div>
            </div>
            </article>

            """
    }

    private func table(_ result: QueryResult?) -> HTML {
        guard let result else { return "" }
        let rows = result.rows.map { row in "<tr>\(row.map { "<td>\($0.cell)</td>" as HTML })</tr>\n" as HTML }
        let rest: HTML = result.isTruncated ? "<p><small>and more rows</small></p>" : ""
        return """
            <table class="result"><thead><tr>\(result.columns.map { "<th>\($0)</th>" as HTML })</tr></thead>
            <tbody>
            \(rows)</tbody></table>\(rest)
            """
    }

    private var history: HTML? {
        let told = facts.events.filter { $0.detail["train_loss"] == nil }
        let rows = told.map { event in
            "<tr><td class=\"when\">\(event.createdAt.day) \(event.createdAt.clock)</td><td>\(event.message)</td></tr>\n"
                as HTML
        }
        return section("What happened", "<table><tbody>\n\(rows)</tbody></table>\n")
    }
}

// MARK: Pieces

extension ReportPage {
    private func section(_ title: String, _ content: HTML) -> HTML {
        "<section>\n<h2>\(title)</h2>\n\(content)</section>\n"
    }

    private func definitions(_ rows: [(String, String?)]) -> HTML {
        let items = rows.compactMap { name, value in
            value.map { "<dt>\(name)</dt><dd>\($0)</dd>\n" as HTML }
        }
        return "<dl>\n\(items)</dl>\n"
    }
}

extension JSONValue {
    fileprivate var double: Double? {
        guard case .number(let number) = self else { return nil }
        return number.double
    }

    fileprivate func point(_ name: String) -> CurveChart.Point? {
        guard let step = self["step"]?.double, let value = self[name]?.double else { return nil }
        return CurveChart.Point(step: step, value: value)
    }

    fileprivate var cell: String {
        switch self {
        case .null: "NULL"
        case .string(let text): text.count > 200 ? text.prefix(200) + "…" : text
        case .bool, .number, .array, .object: text
        }
    }
}
