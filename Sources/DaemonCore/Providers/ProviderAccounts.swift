import Jobs
import Store
import TrainingData

/// Whose key pays.
struct ProviderAccounts: Sendable {
    let secrets: SecretBox

    /// Whose key pays for what is asked of a provider for a connection. A connection's own key is shown to the provider
    /// that it is meant for, and to no other.
    func account(
        of connection: TrainingData.DatabaseConnection, at provider: any FinetuningProvider
    ) throws(SecretBoxError) -> ProviderAccount {
        guard provider.capabilities.takesConnectionKeys, let sealed = connection.sealedAPIKey else { return .daemon }
        return .own(try secrets.open(sealed, for: connection.id))
    }
}
