import FinetuneAPI
import Identifiers
import Logging
import Store

/// Answers for the state as a whole.
struct AdministrationHandlers: Sendable {
    let store: StateStore
    let logger: Logger

    var endpoints: [Endpoint] {
        [
            Routes.backUp.answered { try await backUp(keep: $0.query.keep) },
            Routes.check.answered { _ in
                let problems = try await store.check()
                for problem in problems { logger.critical("the state is damaged: \(problem)") }
                return StateCheck(problems: problems)
            },
        ]
    }

    private func backUp(keep: Int?) async throws -> StateBackup {
        if let keep, keep < 1 { throw APIError.invalidField("keep", "must be 1 or more") }
        let backup = try await store.backup(at: .now, keep: keep)
        logger.notice(
            "backup made, \(backup.removed.count) older ones removed",
            metadata: ["event": "backup_made", "file": "\(backup.path)", "bytes": "\(backup.byteCount)"])
        return StateBackup(path: backup.path, bytes: backup.byteCount, removed: backup.removed)
    }
}
