import Identifiers
import Jobs
import Store
import TrainingData

/// Whose key pays.
struct ProviderAccounts: Sendable {
    let store: StateStore
    let secrets: SecretBox

    /// Whose key pays for what is asked for a connection. Throws `notFound`, or `SecretBoxError`.
    func account(of connection: ObjectID) async throws -> ProviderAccount {
        let connection = try await store.connection(connection)
        guard let sealed = connection.sealedAPIKey else { return .daemon }
        return .own(try secrets.open(sealed, for: connection.id))
    }
}
