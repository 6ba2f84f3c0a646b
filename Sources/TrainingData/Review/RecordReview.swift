import Identifiers

/// Looks at records that are trained on, one after the other, for what a person should know of them: questions that
/// repeat earlier ones or ask too little, SQL that is long, results that are large, or not known yet.
struct RecordReview {
    /// Questions of fewer bytes, made plain, can hardly say what is asked.
    static let shortestQuestion = 8
    /// SQL of more bytes is rarely what one question takes.
    static let longestSQL = 4_000

    /// Something to say of a record.
    struct Finding: Hashable {
        let code: DatasetProblem.Code
        /// The record before it that it repeats, contradicts or resembles, where that is the finding.
        var earlier: ObjectID?
    }

    private var repetitions = RepeatedQuestions()
    private var nearQuestions = NearQuestions()

    /// What there is to say of the next record.
    mutating func findings(on record: GoldenRecord) -> [Finding] {
        let question = RecordContent.plain(record.promptText)
        var findings: [Finding] = []
        if question.utf8.count < Self.shortestQuestion { findings.append(Finding(code: .shortQuestions)) }
        if record.sql.utf8.count > Self.longestSQL { findings.append(Finding(code: .longSQL)) }
        switch record.execution {
        case .waiting: findings.append(Finding(code: .recordsToRun))
        case .done(let run) where run.outcome == .tooManyRows: findings.append(Finding(code: .largeResults))
        case .done, .unavailable: break
        }
        if let repetition = repetition(of: record, question) { findings.append(repetition) }
        return findings
    }

    private mutating func repetition(of record: GoldenRecord, _ question: String) -> Finding? {
        switch repetitions.add(record, question: question) {
        case .new:
            nearQuestions.add(question, of: record.id).map { Finding(code: .nearDuplicateGoldenRecords, earlier: $0) }
        case .sameSQL(let earlier): Finding(code: .duplicateGoldenRecords, earlier: earlier)
        case .sameResult(let earlier): Finding(code: .equivalentGoldenRecords, earlier: earlier)
        case .otherSQL(let earlier): Finding(code: .conflictingGoldenRecords, earlier: earlier)
        }
    }
}

extension GoldenRecord {
    /// Takes over what preparing the SQL found just now. If it prepares, what running it showed stands.
    package mutating func take(prepared: RecordCheck) {
        if prepared == .valid, execution.run != nil { return }
        check = prepared
    }

    /// What kind of problem it is that the record is invalid.
    var invalidity: DatasetProblem.Code {
        switch execution.run?.outcome {
        case .empty: .emptyResults
        case .failed: .failedGoldenRecords
        case .schemaDrift: .schemaDrift
        case .rows, .tooManyRows, .gaveUp, nil: .invalidGoldenRecords
        }
    }
}
