package import Identifiers

/// What a finetuning made, as those who ask it need to know it.
package struct TunedModel: Hashable, Sendable {
    /// The finetuning, which may be gone since.
    package let finetuning: ObjectID
    /// The database that it answers questions about.
    package let connection: ObjectID
    /// Who serves it.
    package let provider: ProviderName
    /// Its id there.
    package let name: ProviderModelID
    /// Tells the prompts that it was trained on from others; nothing where that was not noted.
    package let promptFingerprint: String?

    /// A model.
    package init(
        finetuning: ObjectID, connection: ObjectID, provider: ProviderName, name: ProviderModelID,
        promptFingerprint: String?
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
                promptFingerprint: job.artifacts.dataset?.serialisation?.schemaFingerprint)
        }
    }
}
