package import Identifiers
package import Jobs

/// An alias that agents ask for, and the model that it stands for now.
package struct ServedModel: Hashable, Sendable {
    /// The name, unique.
    package let alias: ModelAlias
    /// What it stands for; nothing before the first promotion.
    package var current: ServedModelVersion?
    /// What a model has to show before it may take the alias; nothing where it need not.
    package var gate: PromotionGate?
    /// The user's own notes: the text of a JSON object, or nothing.
    package var metadata: String?
    /// When the alias was made.
    package let createdAt: Timestamp
    /// When the model, the gate or the notes last changed.
    package var updatedAt: Timestamp

    /// An alias.
    package init(
        alias: ModelAlias, current: ServedModelVersion?, gate: PromotionGate? = nil, metadata: String?,
        createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.alias = alias
        self.current = current
        self.gate = gate
        self.metadata = metadata
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// Counts the promotions and rollbacks; 0 before the first. The first is the one after the last version of an alias
    /// of this name that was removed, or 1.
    package var version: Int { current?.version ?? 0 }
}

/// A model that an alias stands for, or stood for.
package struct ServedModelVersion: Hashable, Sendable {
    /// What made a version.
    package enum Origin: Hashable, Sendable {
        /// A finetuning's model was put in the place of the one before.
        case promotion
        /// The model of this version came back.
        case rollback(to: Int)
    }

    /// Without gaps, from 1, or from the one after the last version of an alias of this name that was removed.
    package let version: Int
    /// What made it.
    package let origin: Origin
    /// The model.
    package let model: TunedModel
    /// What the alias's gate said of the model when it was promoted; nothing where there was no gate.
    package let decision: GateDecision?
    /// The user who asked for it.
    package let user: UInt32
    /// Why, in that user's words.
    package let note: String?
    /// When.
    package let at: Timestamp

    /// A version.
    package init(
        version: Int, origin: Origin, model: TunedModel, decision: GateDecision? = nil, user: UInt32, note: String?,
        at: Timestamp
    ) {
        self.version = version
        self.origin = origin
        self.model = model
        self.decision = decision
        self.user = user
        self.note = note
        self.at = at
    }
}
