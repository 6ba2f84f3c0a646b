import Evaluations
import Identifiers
import Jobs
import Store
import TrainingData

/// The connections whose own keys their provider refuses.
struct RefusedKeys: Sendable {
    let store: StateStore
    let secrets: SecretBox
    let providers: ProviderRegistry

    /// Those whose key was refused when it was used last, by alias. One that has another key by now is none of them.
    func connections() async throws -> [TrainingData.DatabaseConnection] {
        var refused: [TrainingData.DatabaseConnection] = []
        for (id, key) in providers.refusedKeys {
            if let connection = try await connection(id), try hasKey(key, connection) {
                refused.append(connection)
            } else {
                providers.forgetRefusal(of: key, of: id)
            }
        }
        return refused.sorted { $0.alias < $1.alias }
    }

    private func connection(_ id: ObjectID) async throws -> TrainingData.DatabaseConnection? {
        do {
            return try await store.connection(id)
        } catch StoreError.notFound {
            return nil
        }
    }

    // A key that does not open any more is told elsewhere.
    private func hasKey(_ key: Secret, _ connection: TrainingData.DatabaseConnection) throws -> Bool {
        guard let sealed = connection.sealedAPIKey else { return false }
        do throws(SecretBoxError) {
            return try secrets.open(sealed, for: connection.id) == key
        } catch {
            return false
        }
    }
}

extension TrainingData.DatabaseConnection {
    /// What gives it another key of its own.
    var keyRemedy: String { "finetunectl connection update \(alias.asShellWord) --api-key-stdin" }
}
