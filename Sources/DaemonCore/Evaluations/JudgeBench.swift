import Evaluations
import FinetuneAPI
import Identifiers
import Store
import TrainingData

/// Judges answers to the questions of one evaluation, on a thread that may wait.
actor JudgeBench {
    /// The database cannot be read now.
    struct Unreadable: Error {
        let reason: String
    }

    nonisolated let unownedExecutor: UnownedSerialExecutor
    private let paths: Current<DatabasePathPolicy>
    /// Where the database is; `nil` where it is none that the daemon runs SQL on.
    private let uri: String?
    private let limits: QueryLimits
    private var judge: AnswerJudge?

    init(
        _ connection: TrainingData.DatabaseConnection, paths: Current<DatabasePathPolicy>, limits: QueryLimits,
        worker: Worker
    ) {
        self.paths = paths
        uri = connection.dialect == .sqlite ? connection.connectionURI : nil
        var limits = limits
        // Every row is kept while results are compared.
        limits.rows = min(limits.rows, QueryLimits.default.rows)
        self.limits = limits
        unownedExecutor = worker.executor
    }

    /// Finds out whether answers can be judged now, before any is paid for.
    func check() throws(Unreadable) {
        _ = try openJudge()
    }

    /// What SQL is worth beside the golden SQL.
    func verdict(on sql: String, golden: String) throws(Unreadable) -> Verdict {
        guard let judge = try openJudge() else {
            return .unjudged(reason: "the daemon runs SQL on SQLite databases alone")
        }
        do {
            return try judge.verdict(on: sql, golden: golden)
        } catch {
            // The file may be another by the time that this is tried again.
            self.judge = nil
            throw Unreadable(reason: error.message)
        }
    }

    private func openJudge() throws(Unreadable) -> AnswerJudge? {
        if let judge { return judge }
        guard let uri else { return nil }
        do {
            judge = try AnswerJudge(path: try paths.now.admit(uri), limits: limits)
            return judge
        } catch let error as QueryFailure {
            throw Unreadable(reason: error.message)
        } catch {
            throw Unreadable(reason: APIError(describing: error).message)
        }
    }
}
