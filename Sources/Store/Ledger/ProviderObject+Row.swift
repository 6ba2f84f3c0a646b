import GRDB
import Identifiers
import Jobs

extension ProviderObject {
    static let table = "provider_objects"

    init(_ row: Row) throws {
        let reader = RowReader(table: Self.table, row: row)
        self.init(
            number: try reader.value("id"), provider: ProviderName(rawValue: try reader.value("provider")),
            kind: try reader.word("kind"), remoteID: try reader.value("remote_id"),
            finetuning: try reader.value("finetuning_id"), alias: try reader.value("finetuning_alias"),
            connection: try reader.value("connection_id"), origin: try reader.word("origin"),
            createdAt: try reader.value("created_at"), state: try State(reader))
    }
}

/// The words of the column `state`.
enum ProviderObjectStateWord: String {
    case present, removing, removed
}

extension ProviderObject.State {
    fileprivate init(_ reader: RowReader) throws {
        let word: ProviderObjectStateWord = try reader.word("state")
        self =
            switch word {
            case .present: .present
            case .removing:
                .removing(
                    failedTries: try reader.value("failed_tries"), reason: try reader.optional("failure_reason"))
            case .removed: .removed(try reader.value("removed_at"))
            }
    }
}
