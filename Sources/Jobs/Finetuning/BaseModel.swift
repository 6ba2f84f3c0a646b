/// The model that a finetuning starts from, and how it is trained.
package struct BaseModel: Hashable, Sendable {
    /// Who trains it.
    package var provider: ProviderName
    /// Its name at the provider.
    package var name: ProviderModelID
    /// The hyperparameters that were sent.
    package var parameters: ModelParameters

    /// A base model.
    package init(provider: ProviderName, name: ProviderModelID, parameters: ModelParameters) {
        self.provider = provider
        self.name = name
        self.parameters = parameters
    }
}
