import FinetuneAPI
import Identifiers

extension FinetuningPlan {
    /// What people read of a plan.
    func text(on terminal: Terminal) -> String {
        let sections = [
            summary.text(on: terminal), tableSection(terminal), leavingSection(terminal), exclusionSection,
            problemSection(terminal),
        ]
        return sections.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var summary: FieldList {
        var fields = FieldList()
        fields.add("alias", alias)
        fields.add("connection", databaseConnection.description)
        fields.add("starts from", baseLLM.readable)
        fields.add("parameters", baseLLM.modelParameters?.readable)
        fields.add("examples", examples.grouped)
        fields.add("tokens", tokens?.readable)
        fields.add("training file", "\(trainingFileBytes.grouped) bytes")
        if validationExamples > 0 {
            fields.add("held out", validationExamples.grouped)
            fields.add("validation file", "\(validationFileBytes.grouped) bytes")
        }
        fields.add("left out of prompts", fitting.readable, .doubtful)
        fields.add("missed by relevance", fitting.readableMisses(of: examples), .doubtful)
        fields.add("left out", excludedCount == 0 ? nil : excludedCount.counting("golden record"), .doubtful)
        fields.add("cost", cost.readable, cost.most == nil ? .doubtful : .plain)
        fields.add("price", cost.basis)
        fields.add("plan", planSHA256)
        fields.add("ready", ready ? "yes" : "no: see the errors below", ready ? .good : .bad)
        return fields
    }

    private func tableSection(_ terminal: Terminal) -> String {
        TextTable(
            columns: [
                .flexible("TABLE"), .fixed("EXAMPLES THAT READ IT", .right), .fixed("THAT SHOW IT", .right),
            ],
            rows: tables.map { [.init($0.name), .init($0.examples.grouped), .init($0.shown.grouped)] },
            absence: "No tables: prompts would show none."
        ).text(on: terminal)
    }

    private func leavingSection(_ terminal: Terminal) -> String {
        let table = TextTable(
            columns: [
                .flexible("LEAVES THE HOST"), .flexible("COLUMN"), .fixed("VALUES", .right), .fixed("HOW"),
            ],
            rows: leaving.columns.map { column in
                let style: Style = column.personal && column.form == .plain ? .bad : .plain
                return [
                    .init(column.table), .init(column.column), .init(column.values.grouped),
                    .init(column.form.rawValue, style),
                ]
            },
            absence: "No values of the database leave the host.")
        return table.text(on: terminal) + "Questions, golden SQL, DDL and descriptions leave in any case.\n"
    }

    private var exclusionSection: String {
        guard !excluded.isEmpty else { return "" }
        let lines = excluded.prefix(10).map { "  \($0.goldenRecord)  \($0.reason.onOneLine)" }
        let more = excludedCount > lines.count ? ["  and \((excludedCount - lines.count).grouped) more"] : []
        return (["Left out:"] + lines + more).map { $0 + "\n" }.joined()
    }

    // Records that are left out are named above.
    private func problemSection(_ terminal: Terminal) -> String {
        let leftOut = Set(excluded.map(\.goldenRecord))
        return problems.map { problem in
            let isToldAbove = problem.records.contains { leftOut.contains($0.goldenRecord) }
            return problem.text(on: terminal, naming: isToldAbove ? 0 : 3)
        }.joined()
    }
}

extension PlannedTokens {
    fileprivate var readable: String {
        "\(total.grouped) an epoch; an example has \(minimum.grouped) to \(maximum.grouped), half of them at most "
            + median.grouped
    }
}

extension PlannedFitting {
    /// What examples lack so that they fit; nothing if none lacks anything.
    fileprivate var readable: String? {
        let lacking = [
            ("sample rows", withoutSampleRows), ("categories too", withoutCategories),
            ("descriptions too", withoutDescriptions), ("tables", withoutTables),
        ]
        let parts = lacking.filter { $0.1 > 0 }.map { "\($0.0) of \($0.1.grouped)" }
        return parts.isEmpty
            ? nil : "\(parts.joined(separator: ", ")), for \(tokensPerExample.grouped) tokens an example"
    }

    fileprivate func readableMisses(of examples: Int) -> String? {
        guard withoutTables > 0 else { return nil }
        return
            "\(relevanceMisses.grouped) of \(examples.grouped) examples read a table that an agent would not be shown"
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
