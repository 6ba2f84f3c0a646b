package import Jobs

/// Where OpenAI's contract is spoken, with which key, and how patient we are.
package struct OpenAIConfiguration: Sendable {
    /// What orders call it by.
    package let name: ProviderName
    /// Where the service is.
    package var address: ServiceAddress = .openAI
    /// The daemon's key. Without one, only calls for an account of its own pass.
    package var apiKey: Secret?
    /// Sent as `OpenAI-Organization`, if set.
    package var organization: String?
    /// Sent as `OpenAI-Project`, if set.
    package var project: String?
    /// The longest time for a call that neither uploads nor asks a model.
    package var callTimeout: Duration = .seconds(60)
    /// The longest time for an upload.
    package var uploadTimeout: Duration = .seconds(1_800)
    /// The longest time for a model's answer.
    package var completionTimeout: Duration = .seconds(120)
    /// Whether database connections' own keys are for it.
    package var takesConnectionKeys = true

    /// OpenAI itself with this key, or what else goes by this name.
    package init(name: ProviderName = .openAI, apiKey: Secret? = nil) {
        self.name = name
        self.apiKey = apiKey
    }
}
