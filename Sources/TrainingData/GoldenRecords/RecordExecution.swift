package import Identifiers

/// How far it is known what a golden record's SQL gives when it runs on its database.
package enum RecordExecution: Hashable, Sendable {
    /// It is not run: its SQL does not prepare, or its database is none that SQL is run on here.
    case unavailable
    /// It has not run since it was added, or changed.
    case waiting
    /// It ran.
    case done(RecordRun)

    /// The last run, if there was one.
    package var run: RecordRun? {
        if case .done(let run) = self { run } else { nil }
    }
}

/// What came of running a golden record's SQL.
package struct RecordRun: Hashable, Sendable {
    /// How it went. The raw value is the word of the wire and of the store.
    package enum Outcome: String, CaseIterable, Hashable, Sendable {
        /// It gave rows, with values in them.
        case rows
        /// It gave no row, or nothing but NULL.
        case empty
        /// It gave more rows than were taken.
        case tooManyRows = "too_many_rows"
        /// It stopped with an error.
        case failed
        /// It fits the described tables and not those of the database, which have changed since.
        case schemaDrift = "schema_drift"
        /// It needed more time or memory than a check may spend.
        case gaveUp = "gave_up"
    }

    /// When it ran.
    package var at: Timestamp
    /// How it went.
    package var outcome: Outcome
    /// How many rows it gave, as far as they were taken.
    package var rowCount: Int
    /// What tells its result from others; `nil` where there is none, or not all of it is known.
    package var digest: ResultDigest?

    /// A run.
    package init(at: Timestamp, outcome: Outcome, rowCount: Int, digest: ResultDigest?) {
        self.at = at
        self.outcome = outcome
        self.rowCount = rowCount
        self.digest = digest
    }
}
