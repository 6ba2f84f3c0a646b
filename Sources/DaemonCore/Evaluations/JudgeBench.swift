import Evaluations
import FinetuneAPI
import Identifiers
import Store
import TrainingData

/// Judges answers to the questions of one evaluation, on a thread that may wait.
actor JudgeBench {
    nonisolated let unownedExecutor: UnownedSerialExecutor
    private let paths: Current<DatabasePathPolicy>
    private let connection: TrainingData.DatabaseConnection
    private let limits: QueryLimits
    private var judge: AnswerJudge?

    init(
        _ connection: TrainingData.DatabaseConnection, paths: Current<DatabasePathPolicy>, limits: QueryLimits,
        worker: Worker
    ) {
        self.connection = connection
        self.paths = paths
        var limits = limits
        // Every row is kept while results are compared.
        limits.rows = min(limits.rows, QueryLimits.default.rows)
        self.limits = limits
        unownedExecutor = worker.executor
    }

    /// What SQL is worth beside the golden SQL. Where the database cannot be opened now, nobody can tell.
    func verdict(on sql: String, golden: String) -> Verdict {
        do {
            return try openJudge().verdict(on: sql, golden: golden)
        } catch {
            return .unjudged(reason: error.reason)
        }
    }

    private func openJudge() throws(NoJudge) -> AnswerJudge {
        if let judge { return judge }
        guard connection.dialect == .sqlite, let uri = connection.connectionURI else {
            throw NoJudge(reason: "the daemon runs SQL on SQLite databases alone")
        }
        do {
            let opened = try AnswerJudge(path: try paths.now.admit(uri), limits: limits)
            judge = opened
            return opened
        } catch let error as QueryFailure {
            throw NoJudge(reason: error.message)
        } catch {
            throw NoJudge(reason: APIError(describing: error).message)
        }
    }

    private struct NoJudge: Error {
        let reason: String
    }
}
