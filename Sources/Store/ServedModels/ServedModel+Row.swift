import GRDB
import Identifiers
import Jobs

extension ServedModel {
    static let table = "served_models"

    /// Reads a row of the alias; `current` is the version that it names.
    init(_ row: Row, current: ServedModelVersion?) throws {
        let reader = RowReader(table: Self.table, row: row)
        self.init(
            alias: try reader.value("alias"), current: current, metadata: try reader.optional("metadata"),
            createdAt: try reader.value("created_at"), updatedAt: try reader.value("updated_at"))
    }
}

extension ServedModelVersion {
    static let table = "served_model_versions"

    init(_ row: Row) throws {
        let reader = RowReader(table: Self.table, row: row)
        let version: Int = try reader.value("version")
        let promotion: Int = try reader.value("promoted_in")
        self.init(
            version: version, origin: promotion == version ? .promotion : .rollback(to: promotion),
            model: TunedModel(
                finetuning: try reader.value("finetuning_id"), connection: try reader.value("connection_id"),
                provider: ProviderName(rawValue: try reader.value("model_provider")),
                name: try reader.value("model_id"), promptFingerprint: try reader.optional("prompt_fingerprint")),
            user: try reader.value("peer_uid"), note: try reader.optional("note"), at: try reader.value("at"))
    }
}
