package import Identifiers

/// One order to fine-tune a model: what was asked for, which never changes, and how far it is.
package struct Finetuning: Hashable, Sendable, Identifiable {
    /// Its id.
    package let id: ObjectID
    /// Its name among finetunings, unique.
    package let alias: String
    /// The database whose golden records it trains on.
    package let connectionID: ObjectID
    /// The model that it starts from.
    package let baseModel: BaseModel
    /// The schemas whose tables the prompts show; all where empty.
    package let schemas: [String]
    /// What it is made with besides.
    package let lineage: Lineage
    /// The share of the golden records that is held out from training; nothing where none or named ones are.
    package let heldOutShare: Double?
    /// Who ordered it: the uid of the peer. `nil` for those from before this was kept.
    package let owner: UInt32?
    /// What it was expected to cost when it was accepted. `nil` for those from before this was kept.
    package let estimate: CostEstimate?
    /// The hash of what its user agreed to have trained, which its files are held to. `nil` where no plan was agreed to.
    package let agreedSHA256: String?
    /// The user's own notes: the text of a JSON object, or nothing.
    package var metadata: String?
    /// When it was accepted.
    package let createdAt: Timestamp
    /// When it last changed.
    package var updatedAt: Timestamp
    /// How far it is.
    package var job: Job

    /// A finetuning.
    package init(
        id: ObjectID, alias: String, connectionID: ObjectID, baseModel: BaseModel, schemas: [String],
        lineage: Lineage, heldOutShare: Double? = nil, owner: UInt32? = nil, estimate: CostEstimate? = nil,
        agreedSHA256: String? = nil, metadata: String?, createdAt: Timestamp, updatedAt: Timestamp, job: Job = Job()
    ) {
        self.id = id
        self.alias = alias
        self.connectionID = connectionID
        self.baseModel = baseModel
        self.schemas = schemas
        self.lineage = lineage
        self.heldOutShare = heldOutShare
        self.owner = owner
        self.estimate = estimate
        self.agreedSHA256 = agreedSHA256
        self.metadata = metadata
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.job = job
    }

    /// How long its next action has to wait. That the clock was set back since it last changed does not make it more.
    package func wait(at now: Timestamp) -> Duration {
        guard let notBefore = job.notBefore else { return .zero }
        return max(.zero, notBefore.duration(since: max(now, updatedAt)))
    }

    /// The name under which one of its files is sent: the same at every try, and another for another content, so that
    /// a file that was made anew is not taken for the one before it.
    package func remoteFileName(of dataset: Dataset, _ role: DatasetRole) -> String {
        let content = dataset.sha256.prefix(12)
        return switch role {
        case .training: "finetuned-\(id)-\(content).jsonl"
        case .validation: "finetuned-\(id)-validation-\(content).jsonl"
        }
    }
}
