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
        guard let summary = facts.evaluation?.summary, let share = summary.candidate.executionAccuracy.share else {
            return "Not evaluated yet: finetunectl evaluate \(facts.finetuning.alias)"
        }
        let questions = summary.candidate.executionAccuracy.of
        let tuned = "Answers \(share.percent) % of \(questions) questions right" + Self.memory(summary.trainedOn)
        guard let baseline = summary.baseline?.executionAccuracy.share else { return tuned + "." }
        return tuned + "; the baseline answers \(baseline.percent) %" + Self.memory(summary.baselineTrainedOn)
            + "."
    }

    // Nobody shall read as skill what was learned by heart.
    private static func memory(_ count: Int?) -> String {
        guard let count else { return ", and nobody knows on how many of them it was trained" }
        return count == 0 ? "" : ", and was trained on \(count) of them"
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

// MARK: What happened

extension ReportPage {
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
    /// A part of the page under a heading.
    func section(_ title: String, _ content: HTML) -> HTML {
        "<section>\n<h2>\(title)</h2>\n\(content)</section>\n"
    }

    /// Names beside what they stand for; those that stand for nothing are left out.
    func definitions(_ rows: [(String, String?)]) -> HTML {
        let items = rows.compactMap { name, value in
            value.map { "<dt>\(name)</dt><dd>\($0)</dd>\n" as HTML }
        }
        return "<dl>\n\(items)</dl>\n"
    }
}
