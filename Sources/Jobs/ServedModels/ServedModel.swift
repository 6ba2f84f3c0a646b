package import Identifiers

/// An alias that agents ask for, and the model that it stands for now.
package struct ServedModel: Hashable, Sendable {
    /// The name, unique.
    package let alias: String
    /// What it stands for; nothing before the first promotion.
    package var current: ServedModelVersion?
    /// The user's own notes: the text of a JSON object, or nothing.
    package var metadata: String?
    /// When the alias was made.
    package let createdAt: Timestamp
    /// When the model or the notes last changed.
    package var updatedAt: Timestamp

    /// An alias.
    package init(
        alias: String, current: ServedModelVersion?, metadata: String?, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.alias = alias
        self.current = current
        self.metadata = metadata
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// Counts the promotions and rollbacks; 0 before the first.
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

    /// From 1, without gaps.
    package let version: Int
    /// What made it.
    package let origin: Origin
    /// The model.
    package let model: TunedModel
    /// The user who asked for it.
    package let user: UInt32
    /// Why, in that user's words.
    package let note: String?
    /// When.
    package let at: Timestamp

    /// A version.
    package init(
        version: Int, origin: Origin, model: TunedModel, user: UInt32, note: String?, at: Timestamp
    ) {
        self.version = version
        self.origin = origin
        self.model = model
        self.user = user
        self.note = note
        self.at = at
    }
}

/// What a finetuning made, as those who ask it need to know it.
package struct TunedModel: Hashable, Sendable {
    /// The finetuning, which may be gone since.
    package let finetuning: ObjectID
    /// The database that it answers questions about.
    package let connection: ObjectID
    /// Who serves it.
    package let provider: ProviderName
    /// Its id there.
    package let name: String
    /// Tells the prompts that it was trained on from others; nothing where that was not noted.
    package let promptFingerprint: String?

    /// A model.
    package init(
        finetuning: ObjectID, connection: ObjectID, provider: ProviderName, name: String, promptFingerprint: String?
    ) {
        self.finetuning = finetuning
        self.connection = connection
        self.provider = provider
        self.name = name
        self.promptFingerprint = promptFingerprint
    }
}

extension Finetuning {
    /// What came of it; nothing unless it succeeded.
    package var tunedModel: TunedModel? {
        job.model.map { name in
            TunedModel(
                finetuning: id, connection: connectionID, provider: baseModel.provider, name: name,
                promptFingerprint: nil)
        }
    }
}
