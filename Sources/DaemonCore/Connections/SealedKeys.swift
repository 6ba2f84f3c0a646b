import Identifiers
import Logging
import Store

/// The keys of connections, which nothing opens once the storage key that they were stored with was replaced.
struct SealedKeys: Sendable {
    let store: StateStore
    let secrets: SecretBox
    let logger: Logger
    private let unreadable = Current<Int>(0)

    init(store: StateStore, secrets: SecretBox, logger: Logger) {
        self.store = store
        self.secrets = secrets
        self.logger = logger
    }

    /// Tries them all, and tells the log of those that do not open.
    func check() async throws {
        let lost = try await lost()
        unreadable.replace(with: lost.count)
        guard let first = lost.first else { return }
        let error = SecretBoxError.wrongKey(first)
        let others = lost.count == 1 ? "" : ", nor do those of \(lost.count - 1) others"
        logger.error("\(error)\(others). \(error.remedy)")
    }

    /// How many did not open, of which some may have been set anew since.
    func stillUnreadable() async throws -> Int {
        guard unreadable.now > 0 else { return 0 }
        let count = try await lost().count
        unreadable.replace(with: count)
        return count
    }

    private func lost() async throws -> [ObjectID] {
        try await store.sealedKeys().compactMap { id, sealed in
            do throws(SecretBoxError) {
                _ = try secrets.open(sealed, for: id)
                return nil
            } catch {
                return id
            }
        }
    }
}
