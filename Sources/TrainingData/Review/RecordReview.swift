/// Looks at records that are trained on, one after the other, for what a person should know of them: questions that
/// repeat earlier ones or ask too little, SQL that is long, results that are large, or not known yet.
struct RecordReview {
    /// Questions of fewer bytes, made plain, can hardly say what is asked.
    static let shortestQuestion = 8
    /// SQL of more bytes is rarely what one question takes.
    static let longestSQL = 4_000

    private var repetitions = RepeatedQuestions()
    private var nearQuestions = NearQuestions()

    /// What there is to say of the next record.
    mutating func findings(on record: GoldenRecord) -> [DatasetProblem.Code] {
        let question = RecordContent.plain(record.promptText)
        var findings: [DatasetProblem.Code] = []
        if question.utf8.count < Self.shortestQuestion { findings.append(.shortQuestions) }
        if record.sql.utf8.count > Self.longestSQL { findings.append(.longSQL) }
        switch record.execution {
        case .waiting: findings.append(.recordsToRun)
        case .done(let run) where run.outcome == .tooManyRows: findings.append(.largeResults)
        case .done, .unavailable: break
        }
        if let repetition = repetition(of: record, question) { findings.append(repetition) }
        return findings
    }

    private mutating func repetition(of record: GoldenRecord, _ question: String) -> DatasetProblem.Code? {
        switch repetitions.add(record, question: question) {
        case .new: nearQuestions.add(question) ? .nearDuplicateGoldenRecords : nil
        case .sameSQL: .duplicateGoldenRecords
        case .sameResult: .equivalentGoldenRecords
        case .otherSQL: .conflictingGoldenRecords
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
