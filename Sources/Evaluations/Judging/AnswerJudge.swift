package import TrainingData

/// Judges SQL by what it gives: execution accuracy.
///
/// It blocks, and one thread at a time uses it. The rows of two results are the same if each occurs as often in both,
/// whatever the order and the names of the columns, and in the same order where the golden SQL orders them.
package final class AnswerJudge {
    private let database: QueryDatabase
    private var last: (sql: String, result: Result<QueryResult, QueryFailure>)?

    /// A judge who runs everything on the SQLite file at `path`, within `limits`.
    package init(path: String, limits: QueryLimits = .default) throws(QueryFailure) {
        database = try QueryDatabase(path: path, limits: limits)
    }

    /// What SQL is worth beside the golden SQL. Throws when the database cannot be read now, which may pass.
    package func verdict(
        on sql: String, golden: String, cancellation: QueryCancellation? = nil
    ) throws(DatabaseFileError) -> Verdict {
        let expected: QueryResult
        do throws(QueryFailure) {
            expected = try result(ofGolden: golden, cancellation)
        } catch {
            if case .database(let error) = error { throw error }
            return .unjudged(reason: "the golden SQL cannot be run: \(error.message)")
        }
        guard let expectedDigest = expected.digest else {
            return .unjudged(reason: "the golden SQL gives more than \(expected.rowCount) rows")
        }
        do throws(QueryFailure) {
            let given = try database.result(of: sql, cancellation: cancellation)
            guard let digest = given.digest else { return .different }
            return expectedDigest.equals(digest, inOrder: expected.ordersRows) ? .correct : .different
        } catch {
            return try Verdict(error)
        }
    }

    // Both models answer the same question one after the other, so the last result is wanted again.
    private func result(
        ofGolden sql: String, _ cancellation: QueryCancellation?
    ) throws(QueryFailure) -> QueryResult {
        if let last, last.sql == sql { return try last.result.get() }
        let result = Result { () throws(QueryFailure) in try database.result(of: sql, cancellation: cancellation) }
        switch result {
        case .failure(.cancelled), .failure(.database): break
        case .success, .failure: last = (sql, result)
        }
        return try result.get()
    }
}

extension Verdict {
    fileprivate init(_ failure: QueryFailure) throws(DatabaseFileError) {
        switch failure {
        case .refused(let reason): self = .invalid(reason: reason)
        case .failed, .timedOut, .tooMuchMemory, .cellTooLong: self = .failed(reason: failure.message)
        case .cancelled: self = .unjudged(reason: failure.message)
        case .database(let error): throw error
        }
    }
}
