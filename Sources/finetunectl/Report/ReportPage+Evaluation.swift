import FinetuneAPI

extension ReportPage {
    /// How good it is: the newest evaluation.
    var evaluation: HTML? {
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
            <div class="wide">
            <table><thead><tr><th></th><th>tuned</th>\(baseline)</tr></thead>
            <tbody>
            \(rows)</tbody></table>
            </div>

            """
    }

    private func row(_ name: String, _ cells: [HTML]) -> HTML {
        "<tr><th>\(name)</th>\(cells.map { "<td>\($0)</td>" as HTML })</tr>\n"
    }

    private func bar(_ share: MeasuredShare) -> HTML {
        guard let value = share.share else { return "none judged" }
        return """
            <span class="bar"><span style="width:\(value.percent)%"></span></span> \
            <span class="measure">\(value.percent) %</span> <small class="measure">\(share.fraction)</small>
            """
    }
}

// MARK: Whether it was let through

extension ReportPage {
    /// Whether a gate let it through, and what the gate found.
    var promotion: HTML? {
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
            <div class="wide">
            <table><thead><tr><th>requirement</th><th>wanted</th><th>met</th><th>measured</th></tr></thead>
            <tbody>
            \(rows)</tbody></table>
            </div>

            """
    }
}

// MARK: Where it fails

extension ReportPage {
    /// Where it fails: the answers that are wrong, with what they give.
    var failures: HTML? {
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
}

extension JSONValue {
    fileprivate var cell: String {
        switch self {
        case .null: "NULL"
        case .string(let text): text.count > 200 ? text.prefix(200) + "…" : text
        case .bool, .number, .array, .object: text
        }
    }
}
