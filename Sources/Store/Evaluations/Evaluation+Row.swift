import Evaluations
import GRDB
import Identifiers
import Jobs

extension Evaluation {
    static let table = "evaluations"

    init(_ row: Row) throws {
        let reader = RowReader(table: Self.table, row: row)
        self.init(
            id: try reader.value("id"), finetuning: try reader.value("finetuning_id"),
            connection: try reader.value("connection_id"), models: try EvaluatedModels(reader),
            tokenLimit: try reader.optional("token_limit"), questionCount: try reader.value("question_count"),
            prices: try EvaluationPrices(reader),
            mostCost: try reader.optional("most_microdollars").map(Price.init(microdollars:)),
            metadata: try reader.optional("metadata"), owner: try reader.value("owner_uid"),
            createdAt: try reader.value("created_at"), updatedAt: try reader.value("updated_at"),
            stage: try EvaluationStage(reader), answerCount: try reader.value("answer_count"),
            tokenCount: try reader.value("token_count"))
    }

    static let insertion = """
        INSERT INTO evaluations (id, finetuning_id, connection_id, candidate_provider, candidate_model,
            baseline_provider, baseline_model, alias, token_limit, question_count, candidate_input_price,
            candidate_output_price, baseline_input_price, baseline_output_price, most_microdollars, metadata,
            owner_uid, created_at, updated_at, status)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued')
        """

    /// In the order of `insertion`.
    var columns: StatementArguments {
        [
            id, finetuning, connection, models.candidate.provider.rawValue, models.candidate.name,
            models.baseline?.provider.rawValue, models.baseline?.name, models.alias, tokenLimit, questionCount,
            prices.candidate?.input.microdollars, prices.candidate?.output.microdollars,
            prices.baseline?.input.microdollars, prices.baseline?.output.microdollars, mostCost?.microdollars,
            metadata, owner, createdAt, updatedAt,
        ]
    }
}

extension EvaluationPrices {
    fileprivate init(_ reader: RowReader) throws {
        self.init(
            candidate: try QuestionPrices(reader, of: "candidate"), baseline: try QuestionPrices(reader, of: "baseline")
        )
    }
}

extension QuestionPrices {
    fileprivate init?(_ reader: RowReader, of contestant: String) throws {
        guard let input: Int = try reader.optional("\(contestant)_input_price") else { return nil }
        self.init(
            input: Price(microdollars: input),
            output: Price(microdollars: try reader.value("\(contestant)_output_price")))
    }
}

extension EvaluatedModels {
    fileprivate init(_ reader: RowReader) throws {
        let baseline: ProviderModelID? = try reader.optional("baseline_model")
        self.init(
            candidate: Model(
                provider: ProviderName(rawValue: try reader.value("candidate_provider")),
                name: try reader.value("candidate_model")),
            baseline: try baseline.map { name in
                Model(provider: ProviderName(rawValue: try reader.value("baseline_provider")), name: name)
            },
            alias: try reader.optional("alias"))
    }
}

extension EvaluationStage {
    fileprivate init(_ reader: RowReader) throws {
        let status: EvaluationStatus = try reader.word("status")
        self =
            switch status {
            case .queued: .queued
            case .running: .running(obstacle: try reader.optional("obstacle"))
            case .succeeded: .ended(.succeeded)
            case .failed: .ended(.failed(reason: try reader.value("failure_reason")))
            case .cancelled: .ended(.cancelled)
            }
    }

    /// The columns `status`, `obstacle` and `failure_reason`.
    var columns: [(any DatabaseValueConvertible)?] {
        switch self {
        case .queued, .ended(.succeeded), .ended(.cancelled): [status.rawValue, nil, nil]
        case .running(let obstacle): [status.rawValue, obstacle, nil]
        case .ended(.failed(let reason)): [status.rawValue, nil, reason]
        }
    }
}
