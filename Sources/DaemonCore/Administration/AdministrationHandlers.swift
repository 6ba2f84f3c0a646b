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
            Routes.backUp.answered { call in
                let backup = try await store.backup(at: .now)
                logger.notice("backup made", metadata: ["file": "\(backup.path)", "bytes": "\(backup.byteCount)"])
                return StateBackup(path: backup.path, bytes: backup.byteCount)
            },
            Routes.check.answered { _ in
                let problems = try await store.check()
                for problem in problems { logger.critical("the state is damaged: \(problem)") }
                return StateCheck(problems: problems)
            },
        ]
    }
}
