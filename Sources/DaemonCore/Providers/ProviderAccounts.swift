import Identifiers
import Jobs
import Store
import TrainingData

/// Whose key pays.
struct ProviderAccounts: Sendable {
    let store: StateStore
    let secrets: SecretBox

    /// Whose key pays for what is asked of a provider for a connection. Throws `notFound`, or `SecretBoxError`.
    func account(of connection: ObjectID, at provider: any FinetuningProvider) async throws -> ProviderAccount {
        try account(of: try await store.connection(connection), at: provider)
    }

    /// The same for a connection that was read. A connection's own key goes to no provider but the one that it is for.
    func account(
        of connection: TrainingData.DatabaseConnection, at provider: any FinetuningProvider
    ) throws(SecretBoxError) -> ProviderAccount {
        guard provider.capabilities.takesConnectionKeys, let sealed = connection.sealedAPIKey else { return .daemon }
        return .own(try secrets.open(sealed, for: connection.id), of: connection.id)
    }
}
