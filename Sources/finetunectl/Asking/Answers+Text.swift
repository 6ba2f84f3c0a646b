import FinetuneAPI
import Identifiers

extension TextTable {
    /// Answers, one a row.
    init(generations: [SQLGeneration]) {
        self.init(
            columns: [.fixed("ID"), .fixed("STATUS"), .fixed("ANSWERED (UTC)"), .flexible("MODEL"), .flexible("SQL")],
            rows: generations.map { generation in
                [
                    Cell(generation.id.description), Cell(generation.status.rawValue, generation.status.style),
                    Cell("\(generation.completedAt.day) \(generation.completedAt.clock)"),
                    Cell(generation.model ?? generation.llmConfig?.name ?? "given"), Cell(generation.sql ?? "-"),
                ]
            },
            absence: "No answers. Ask something: finetunectl ask QUESTION --model ALIAS")
    }

    /// Questions, one a row.
    init(prompts: [Prompt]) {
        self.init(
            columns: [.fixed("ID"), .fixed("ASKED (UTC)"), .flexible("QUESTION")],
            rows: prompts.map { prompt in
                [
                    Cell(prompt.id.description), Cell("\(prompt.createdAt.day) \(prompt.createdAt.clock)"),
                    Cell(prompt.text),
                ]
            },
            absence: "No questions. Ask something: finetunectl ask QUESTION --model ALIAS")
    }

    /// What SQL gave, a row a row. Whatever the database holds stays in its cell.
    init(result: QueryResult) {
        self.init(
            columns: result.columns.indices.map { place in
                let isNumeric = result.rows.allSatisfy { $0[place].isNumberOrNull }
                return isNumeric
                    ? .fixed(result.columns[place].onOneLine, .right) : .flexible(result.columns[place].onOneLine)
            },
            rows: result.rows.map { row in row.map { Cell($0.readableCell, $0 == .null ? .quiet : .plain) } },
            absence: "No rows.")
    }
}

extension JSONValue {
    fileprivate var isNumberOrNull: Bool {
        switch self {
        case .null, .number: true
        case .bool, .string, .array, .object: false
        }
    }

    fileprivate var readableCell: String { self == .null ? "NULL" : string ?? text }
}

extension SQLGeneration.Status {
    /// How the status looks.
    fileprivate var style: Style {
        switch self {
        case .valid: .good
        case .invalid: .bad
        case .unchecked: .doubtful
        }
    }
}

extension FieldList {
    /// One answer.
    init(_ generation: SQLGeneration) {
        self.init()
        add("id", generation.id.description)
        add("status", generation.status.rawValue, generation.status.style)
        add("warning", generation.warning, .doubtful)
        add("error", generation.error, generation.status == .invalid ? .bad : .doubtful)
        add("model", generation.model.map { "\($0), version \(generation.modelVersion ?? 0)" })
        add("asked", generation.llmConfig?.name)
        add("confidence", generation.confidenceScore.map { JSONNumber($0.rounded(toPlaces: 4)).text })
        add("tokens", generation.tokensUsed?.grouped)
        for (place, step) in generation.intermediateSteps.enumerated() {
            addBlock("answer \(place + 1), not taken: \(step.error.onOneLine)", step.answer)
        }
        addBlock("sql", generation.sql)
    }

    /// A prompt and where it goes.
    init(_ rendering: PromptRendering) {
        self.init()
        add("model", rendering.modelID, .good)
        add("provider", "\(rendering.modelProvider), \(rendering.baseURL)")
        add("most tokens of the answer", rendering.limits.maximumCompletionTokens.grouped)
        add("prompt", rendering.promptFingerprint)
        add("trained on", rendering.trainedFingerprint)
        add("warning", rendering.warning, .doubtful)
        for message in rendering.messages { addBlock(message.role, message.content) }
    }
}
