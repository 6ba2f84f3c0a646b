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
        lineage: Lineage, heldOutShare: Double? = nil, metadata: String?, createdAt: Timestamp, updatedAt: Timestamp,
        job: Job = Job()
    ) {
        self.id = id
        self.alias = alias
        self.connectionID = connectionID
        self.baseModel = baseModel
        self.schemas = schemas
        self.lineage = lineage
        self.heldOutShare = heldOutShare
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

    /// The name under which one of its files is sent: unique, and the same at every try.
    package func remoteFileName(of role: DatasetRole) -> String {
        switch role {
        case .training: "finetuned-\(id).jsonl"
        case .validation: "finetuned-\(id)-validation.jsonl"
        }
    }
}
