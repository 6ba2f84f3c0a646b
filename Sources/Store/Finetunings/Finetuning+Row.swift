import GRDB
import Identifiers
import Jobs

extension Finetuning {
    static let table = "finetunings"
    /// The records that finetunings train on.
    static let recordsTable = "finetuning_golden_records"
    /// The records that finetunings hold out.
    static let heldOutTable = "finetuning_held_out_records"

    init(_ row: Row) throws {
        let reader = RowReader(table: Self.table, row: row)
        self.init(
            id: try reader.value("id"), alias: try reader.value("alias"),
            connectionID: try reader.value("connection_id"), baseModel: try BaseModel(reader),
            schemas: try reader.json("schemas"), lineage: try Lineage(reader),
            heldOutShare: try reader.optional("held_out_fraction"), owner: try reader.optional("owner_uid"),
            estimate: try CostEstimate(reader), agreedSHA256: try reader.optional("plan_sha256"),
            metadata: try reader.optional("metadata"),
            createdAt: try reader.value("created_at"), updatedAt: try reader.value("updated_at"),
            job: try Job(reader))
    }

    private static let columnNames =
        [
            "id", "alias", "connection_id", "model_provider", "model_name", "n_epochs", "batch_size",
            "learning_rate_multiplier", "schemas", "catalogue_date", "vocabulary", "tokens_per_example", "seed",
            "held_out_fraction", "owner_uid", "tokens_per_epoch", "least_epochs", "likely_epochs", "most_epochs",
            "microdollars_per_million_tokens", "plan_sha256", "metadata", "created_at", "updated_at",
        ] + Job.columnNames

    static let insertion = """
        INSERT INTO finetunings (\(columnNames.joined(separator: ", ")))
        VALUES (\(columnNames.map { ":\($0)" }.joined(separator: ", ")))
        """

    /// By name, for `insertion`.
    func columns() throws -> StatementArguments {
        var columns: [String: (any DatabaseValueConvertible)?] = [
            "id": id, "alias": alias, "connection_id": connectionID, "model_provider": baseModel.provider.rawValue,
            "model_name": baseModel.name, "n_epochs": baseModel.parameters.epochs?.databaseValue,
            "batch_size": baseModel.parameters.batchSize?.databaseValue,
            "learning_rate_multiplier": baseModel.parameters.learningRateMultiplier?.databaseValue,
            "schemas": try StoredJSON.text(schemas), "catalogue_date": lineage.catalogueDate.description,
            "vocabulary": lineage.vocabulary.rawValue, "tokens_per_example": lineage.tokensPerExample,
            "seed": lineage.seed, "held_out_fraction": heldOutShare, "owner_uid": owner,
            "plan_sha256": agreedSHA256, "metadata": metadata, "created_at": createdAt, "updated_at": updatedAt,
        ]
        columns.merge(CostEstimate.columns(of: estimate)) { own, _ in own }
        columns.merge(job.columns) { own, _ in own }
        return StatementArguments(columns)
    }
}

extension Lineage {
    fileprivate init(_ reader: RowReader) throws {
        guard let date = CalendarDay(try reader.value("catalogue_date")) else {
            throw reader.unreadable("catalogue_date")
        }
        self.init(
            catalogueDate: date, vocabulary: try reader.word("vocabulary"),
            tokensPerExample: try reader.value("tokens_per_example"), seed: try reader.value("seed"))
    }
}

extension BaseModel {
    fileprivate init(_ reader: RowReader) throws {
        self.init(
            provider: ProviderName(rawValue: try reader.value("model_provider")),
            name: try reader.value("model_name"),
            parameters: ModelParameters(
                epochs: try reader.parameter("n_epochs"), batchSize: try reader.parameter("batch_size"),
                learningRateMultiplier: try reader.parameter("learning_rate_multiplier")))
    }
}

/// The word for a parameter that is left to the provider.
private let automatic = "auto"

extension Parameter where Value: DatabaseValueConvertible {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .auto: automatic.databaseValue
        case .value(let value): value.databaseValue
        }
    }
}

extension RowReader {
    fileprivate func parameter<Value: DatabaseValueConvertible>(
        _ column: String
    ) throws(StoreError) -> Parameter<Value>? {
        let stored: DatabaseValue? = try optional(column)
        guard let stored else { return nil }
        if case .string(automatic) = stored.storage { return .auto }
        return .value(try value(column))
    }
}
