import FinetuneAPI
import Identifiers

extension FinetuningPlan {
    /// What people read of a plan.
    func text(on terminal: Terminal) -> String {
        let sections = [summary.text(on: terminal), tableSection(terminal), exclusionSection, problemSection(terminal)]
        return sections.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var summary: FieldList {
        var fields = FieldList()
        fields.add("alias", alias)
        fields.add("connection", databaseConnection.description)
        fields.add("starts from", baseLLM.readable)
        fields.add("parameters", baseLLM.modelParameters?.readable)
        fields.add("examples", examples.grouped)
        fields.add("training file", "\(trainingFileBytes.grouped) bytes")
        if validationExamples > 0 {
            fields.add("held out", validationExamples.grouped)
            fields.add("validation file", "\(validationFileBytes.grouped) bytes")
        }
        fields.add("left out", excludedCount == 0 ? nil : "\(excludedCount.grouped) golden records", .doubtful)
        fields.add("cost", cost.readable, cost.most == nil ? .doubtful : .plain)
        fields.add("price", cost.basis)
        fields.add("plan", planSHA256)
        fields.add("ready", ready ? "yes" : "no: see the errors below", ready ? .good : .bad)
        return fields
    }

    private func tableSection(_ terminal: Terminal) -> String {
        TextTable(
            columns: [.flexible("TABLE"), .fixed("EXAMPLES THAT READ IT", .right)],
            rows: tables.map { [TextTable.Cell($0.name), TextTable.Cell($0.examples.grouped)] },
            absence: "No tables: prompts would show none."
        ).text(on: terminal)
    }

    private var exclusionSection: String {
        guard !excluded.isEmpty else { return "" }
        let lines = excluded.prefix(10).map { "  \($0.goldenRecord)  \($0.reason.onOneLine)" }
        let more = excludedCount > lines.count ? ["  and \((excludedCount - lines.count).grouped) more"] : []
        return (["Left out:"] + lines + more).map { $0 + "\n" }.joined()
    }

    private func problemSection(_ terminal: Terminal) -> String {
        problems.map { problem in
            let severity = problem.severity.style.applied(to: problem.severity.rawValue, on: terminal)
            return "\(severity): \(problem.message.onOneLine)\n  \(problem.remedy.onOneLine)\n"
        }.joined()
    }
}

extension PlanProblem.Severity {
    fileprivate var style: Style {
        switch self {
        case .error: .bad
        case .warning: .doubtful
        }
    }
}

extension BaseLLM {
    /// `gpt-4o-mini (openai)`.
    var readable: String {
        let name = modelName ?? "the daemon's default model"
        return modelProvider.map { "\(name) (\($0))" } ?? name
    }
}

extension ModelParameters {
    /// `n_epochs 3, batch_size auto`; nothing where none was given.
    var readable: String? {
        let values = [
            ("n_epochs", epochs), ("batch_size", batchSize), ("learning_rate_multiplier", learningRateMultiplier),
        ]
        let parts = values.compactMap { name, value in value.map { "\(name) \($0.text)" } }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}
