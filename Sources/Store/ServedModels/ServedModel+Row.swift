import Evaluations
import GRDB
import Identifiers
import Jobs

extension ServedModel {
    static let table = "served_models"

    /// Reads a row of the alias; `current` is the version that it names.
    init(_ row: Row, current: ServedModelVersion?) throws {
        let reader = RowReader(table: Self.table, row: row)
        self.init(
            alias: try reader.value("alias"), current: current, gate: try PromotionGate(reader),
            metadata: try reader.optional("metadata"),
            createdAt: try reader.value("created_at"), updatedAt: try reader.value("updated_at"))
    }
}

extension PromotionGate {
    /// The gate of an alias; nothing where nothing is asked for.
    fileprivate init?(_ reader: RowReader) throws {
        self.init(
            minimumAccuracy: try reader.optional("minimum_accuracy"), refusesLoss: try reader.value("refuses_loss"),
            holdsMustPass: try reader.value("holds_must_pass"))
        if !asksAnything { return nil }
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
            decision: try GateDecision(reader), user: try reader.value("peer_uid"), note: try reader.optional("note"),
            at: try reader.value("at"))
    }
}

extension GateDecision {
    fileprivate init?(_ reader: RowReader) throws {
        let evaluation: ObjectID? = try reader.optional("judged_evaluation_id")
        let judged = try evaluation.map { id in
            JudgedEvaluation(
                evaluation: id,
                verdict: PromotionVerdict(
                    findings: try reader.json("findings", as: [StoredFinding].self).map { try $0.finding }))
        }
        if try reader.value("is_forced", as: Bool.self) {
            self = .forced(judged)
        } else if let judged {
            self = .passed(judged)
        } else {
            return nil
        }
    }

    /// The evaluation that was judged, if one was.
    var judged: JudgedEvaluation? {
        switch self {
        case .passed(let judged): judged
        case .forced(let judged): judged
        }
    }

    /// What the gate found, in JSON.
    var storedFindings: String? {
        get throws { try judged.map { try StoredJSON.text($0.verdict.findings.map(StoredFinding.init)) } }
    }

    /// Whether the gate did not let the model through.
    var isForced: Bool {
        switch self {
        case .passed: false
        case .forced: true
        }
    }
}
