import Evaluations
import FinetuneAPI
import Identifiers
import Store
import TrainingData

/// Runs golden SQL and answers once more, for people who want to see the first rows of each.
struct ResultPreviews: Sendable {
    let store: StateStore
    let paths: Current<DatabasePathPolicy>
    let workers: WorkerThreads
    let limits: QueryLimits

    private static let rows = 10

    /// The answers with what their SQL gives now. SQL that gives nothing within the limits has no preview.
    func adding(to answers: [AnsweredQuestion], of connection: ObjectID) async throws -> [EvaluationResult] {
        let database = try await store.connection(connection)
        var results: [EvaluationResult] = []
        for answered in answers {
            var result = EvaluationResult(answered)
            result.goldenResult = try await preview(answered.question.goldenSQL, on: database)
            let (candidate, baseline) = (result.candidate?.sql, result.baseline?.sql)
            result.candidate?.result = try await preview(candidate, on: database)
            result.baseline?.result = try await preview(baseline, on: database)
            results.append(result)
        }
        return results
    }

    private func preview(
        _ sql: String?, on connection: TrainingData.DatabaseConnection
    ) async throws -> FinetuneAPI.QueryResult? {
        guard let sql, connection.dialect == .sqlite, let uri = connection.connectionURI else { return nil }
        let query = RunningQuery(worker: workers.next())
        var limits = limits
        limits.rows = Self.rows
        let paths = paths
        return try await withTaskCancellationHandler {
            do {
                let columns = try await query.begin(sql, on: { try paths.now.admit(uri) }, limits: limits)
                var rows: [[JSONValue]] = []
                while let next = try await query.nextRows() { rows += next.map { $0.map(\.json) } }
                return FinetuneAPI.QueryResult(columns: columns, rows: rows, isTruncated: await query.isCut)
            } catch is QueryFailure {
                try Task.checkCancellation()
                return nil
            }
        } onCancel: {
            query.cancel()
        }
    }
}
