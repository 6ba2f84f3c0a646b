package import Identifiers

extension QueryDatabase {
    /// Runs SQL that was found to fit the described tables, and judges it by what came of that. Throws `cancelled`,
    /// and `database` where the file cannot be read now: neither says anything about the SQL.
    package func judge(
        _ sql: String, at now: Timestamp, cancellation: QueryCancellation? = nil
    ) throws(QueryFailure) -> (check: RecordCheck, run: RecordRun) {
        do {
            return try result(of: sql, cancellation: cancellation).judgement(at: now)
        } catch {
            switch error {
            case .cancelled, .database: throw error
            case .refused(let reason):
                let drift = "the database is not as its tables were described: \(reason)"
                return (.invalid(reason: drift), RecordRun(at: now, outcome: .schemaDrift, rowCount: 0, digest: nil))
            case .failed(let reason):
                return (
                    .invalid(reason: "running it failed: \(reason)"),
                    RecordRun(at: now, outcome: .failed, rowCount: 0, digest: nil)
                )
            case .timedOut, .tooMuchMemory, .cellTooLong:
                return (
                    .unchecked(reason: "running it was given up: \(error.message)"),
                    RecordRun(at: now, outcome: .gaveUp, rowCount: 0, digest: nil)
                )
            }
        }
    }
}

extension QueryResult {
    fileprivate func judgement(at now: Timestamp) -> (check: RecordCheck, run: RecordRun) {
        if holdsNoValue {
            let reason = rowCount == 0 ? "it returns no rows" : "it returns nothing but NULL"
            return (.invalid(reason: reason), RecordRun(at: now, outcome: .empty, rowCount: rowCount, digest: digest))
        }
        let outcome: RecordRun.Outcome = isCut ? .tooManyRows : .rows
        return (.valid, RecordRun(at: now, outcome: outcome, rowCount: rowCount, digest: digest))
    }
}
