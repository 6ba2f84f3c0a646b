package import Identifiers

/// Decides record by record what a training file holds, and sums it up as a plan.
///
/// The same decisions make the plan and the file: whoever writes the file appends the examples that `add` returns.
/// Of the records themselves only digests are kept, to tell repeated questions.
package struct DatasetPlanner {
    /// How many records a list of a plan names at most.
    package static let listLimit = 1_000

    let fitter: PromptFitter
    let redaction: Redaction
    let schemaProblems: [SchemaProblem]
    private let tablesNamed: TablesNamed
    private(set) var exampleCount = 0
    private(set) var fitting: FittingSummary
    private var byteCount = 0
    private var tokenCounts = TokenCounts()
    private var excluded: [ExcludedRecord] = []
    private var excludedCount = 0
    private var uses = TableUses()
    private var review = RecordReview()
    private(set) var concerned: [DatasetProblem.Code: ConcernedRecords] = [:]

    /// Starts a plan. `schemaProblems` are those that the checker of the same tables found.
    package init(
        tables: [TableDescription], dialect: SQLDialect, redaction: Redaction, limit: ExampleLimit,
        schemaProblems: [SchemaProblem]
    ) {
        fitter = PromptFitter(tables: tables, dialect: dialect, redaction: redaction, limit: limit)
        fitting = FittingSummary(tokenLimit: limit.tokens)
        tablesNamed = TablesNamed(fitter.tables)
        self.redaction = redaction
        self.schemaProblems = schemaProblems
    }

    /// Takes the next record, its check up to date, and the names of the tables that its SQL was found to read.
    /// Throws only where SQLite cannot search for the tables of a question.
    package mutating func add(
        _ record: GoldenRecord, reading tables: Set<String>
    ) throws(SQLiteFailure) -> RecordUse {
        if let missing = record.missingPart {
            return exclude(record.id, as: .emptyGoldenRecords, because: "its \(missing) is empty")
        }
        var tables = tables
        switch record.check {
        case .invalid(let reason):
            return exclude(record.id, as: record.invalidity, because: reason)
        case .unchecked:
            note(record.id, as: .uncheckedGoldenRecords)
            tables.formUnion(tablesNamed.within(record.sql))
        case .valid:
            break
        }
        let use = try fit(record, reading: tables)
        if case .example = use {
            for finding in review.findings(on: record) { note(record.id, as: finding.code, earlier: finding.earlier) }
        }
        return use
    }

    /// Leaves the next record out, because part of it is held out.
    package mutating func leaveOut(_ record: ObjectID, overlapping reason: String) {
        _ = exclude(record, as: .overlappingGoldenRecords, because: reason)
    }

    /// The plan of the records added so far.
    package func finish() -> DatasetPlan {
        DatasetPlan(
            exampleCount: exampleCount, byteCount: byteCount, tokens: tokenCounts.summary, fitting: fitting,
            excluded: excluded, excludedCount: excludedCount, tables: uses.list(of: fitter.tables),
            leaving: leaving, redaction: redaction, problems: problems, schemaFingerprint: fitter.schemaFingerprint)
    }

    /// The values that would leave the host with the examples so far.
    var leaving: [LeavingValues] {
        fitting.mostDetail.map { LeavingValues.all(of: fitter.tables, redaction, in: $0) } ?? []
    }
}

extension DatasetPlanner {
    private mutating func fit(_ record: GoldenRecord, reading tables: Set<String>) throws(SQLiteFailure) -> RecordUse {
        do {
            let fitted = try fitter.example(question: record.promptText, sql: record.sql, reading: tables)
            return include(fitted, of: record.id, reading: tables)
        } catch {
            switch error {
            case .search(let failure): throw failure
            case .tooLong: return exclude(record.id, as: .examplesTooLong, because: "\(error)")
            }
        }
    }

    private mutating func include(
        _ fitted: FittedExample, of id: ObjectID, reading tables: Set<String>
    ) -> RecordUse {
        exampleCount += 1
        byteCount += fitted.example.byteCount
        tokenCounts.add(fitted.tokenCount)
        fitting.add(fitted)
        uses.add(fitted, reading: tables)
        if !fitted.missedTables.isEmpty { note(id, as: .tablesMissedByRelevance) }
        return .example(fitted.example)
    }

    private mutating func exclude(
        _ id: ObjectID, as code: DatasetProblem.Code, because reason: String
    ) -> RecordUse {
        note(id, as: code)
        excludedCount += 1
        if excluded.count < Self.listLimit { excluded.append(ExcludedRecord(recordID: id, reason: reason)) }
        return .excluded(reason: reason)
    }

    private mutating func note(_ id: ObjectID, as code: DatasetProblem.Code, earlier: ObjectID? = nil) {
        concerned[code, default: ConcernedRecords()].add(ConcernedRecord(id: id, earlier: earlier))
    }
}

extension GoldenRecord {
    /// What it lacks to be an example.
    fileprivate var missingPart: String? {
        if PromptSerialiser.isBlank(promptText) { return "question" }
        return PromptSerialiser.isBlank(sql) ? "SQL" : nil
    }
}
