import GRDB
import Identifiers
import Jobs

extension SQLGeneration {
    static let table = "sql_generations"

    init(_ row: Row) throws {
        let reader = RowReader(table: Self.table, row: row)
        self.init(
            id: try reader.value("id"), prompt: try reader.value("prompt_id"), model: try AskedModel(reader),
            outcome: Outcome(
                sql: try reader.optional("sql"), verdict: try Verdict(reader), tokens: try reader.optional("tokens"),
                confidence: try reader.optional("confidence"),
                steps: try reader.json("steps", as: [StoredStep].self).map(\.step)),
            warning: try reader.optional("warning"), measuresConfidence: try reader.value("measures_confidence"),
            metadata: try reader.optional("metadata"),
            createdAt: try reader.value("created_at"), completedAt: try reader.value("completed_at"))
    }

    static let insertion = """
        INSERT INTO sql_generations (id, prompt_id, model_provider, model_name, finetuning_id, model_alias,
            model_version, sql, status, error, tokens, confidence, measures_confidence, warning, steps, metadata,
            created_at, completed_at)
        VALUES (:id, :prompt_id, :model_provider, :model_name, :finetuning_id, :model_alias,
            :model_version, :sql, :status, :error, :tokens, :confidence, :measures_confidence, :warning, :steps,
            :metadata, :created_at, :completed_at)
        """

    /// By name, for `insertion`.
    func columns() throws -> StatementArguments {
        [
            "id": id, "prompt_id": prompt, "model_provider": model?.provider.rawValue, "model_name": model?.name,
            "finetuning_id": model?.finetuning, "model_alias": model?.alias?.name,
            "model_version": model?.alias?.version, "sql": outcome.sql,
            "status": VerdictWord(outcome.verdict).rawValue, "error": outcome.verdict.reason,
            "tokens": outcome.tokens, "confidence": outcome.confidence, "measures_confidence": measuresConfidence,
            "warning": warning,
            "steps": try StoredJSON.text(outcome.steps.map(StoredStep.init)), "metadata": metadata,
            "created_at": createdAt, "completed_at": completedAt,
        ]
    }
}

extension AskedModel {
    fileprivate init?(_ reader: RowReader) throws {
        guard let name: ProviderModelID = try reader.optional("model_name") else { return nil }
        let alias: ModelAlias? = try reader.optional("model_alias")
        self.init(
            provider: ProviderName(rawValue: try reader.value("model_provider")), name: name,
            finetuning: try reader.optional("finetuning_id"),
            alias: try alias.map { Alias(name: $0, version: try reader.value("model_version")) })
    }
}

// MARK: Verdicts

/// The words of the column `status`.
private enum VerdictWord: String {
    case valid, invalid, unchecked

    init(_ verdict: SQLGeneration.Verdict) {
        self =
            switch verdict {
            case .valid: .valid
            case .invalid: .invalid
            case .unchecked: .unchecked
            }
    }
}

extension SQLGeneration.Verdict {
    fileprivate init(_ reader: RowReader) throws {
        let word: VerdictWord = try reader.word("status")
        self =
            switch word {
            case .valid: .valid
            case .invalid: .invalid(reason: try reader.value("error"))
            case .unchecked: .unchecked(reason: try reader.value("error"))
            }
    }

    fileprivate var reason: String? {
        switch self {
        case .valid: nil
        case .invalid(let reason), .unchecked(let reason): reason
        }
    }
}

// MARK: Steps

/// A step as the JSON of `sql_generations.steps` holds it.
private struct StoredStep: Codable {
    var answer: String
    var error: String

    init(_ step: SQLGeneration.Step) {
        answer = step.answer
        error = step.error
    }

    var step: SQLGeneration.Step { SQLGeneration.Step(answer: answer, error: error) }
}
