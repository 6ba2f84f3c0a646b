package import Identifiers

/// Decides record by record what a training file holds, and sums it up as a plan.
///
/// The same decisions make the plan and the file: whoever writes the file appends the examples that `add` returns.
/// Of the records themselves only digests are kept, to tell repeated questions.
package struct DatasetPlanner {
    /// How many records a list of a plan names at most.
    package static let listLimit = 1_000

    /// The prompt's part that all examples share.
    package let schema: SchemaPart

    let schemaProblems: [SchemaProblem]
    private(set) var exampleCount = 0
    private var byteCount = 0
    private var excluded: [ExcludedRecord] = []
    private var excludedCount = 0
    private var readCounts: [String: Int] = [:]
    private var repetitions = RepeatedQuestions()
    private(set) var concerned: [DatasetProblem.Code: ConcernedRecords] = [:]
    private var line: [UInt8] = []

    /// Starts a plan. `schemaProblems` are those that the checker of the same tables found.
    package init(tables: [TableDescription], dialect: SQLDialect, schemaProblems: [SchemaProblem]) {
        schema = PromptSerialiser().schemaPart(tables: tables, dialect: dialect)
        self.schemaProblems = schemaProblems
    }

    /// Takes the next record, its check up to date, and the names of the tables that its SQL was found to read.
    package mutating func add(_ record: GoldenRecord, reading tables: Set<String>) -> RecordUse {
        let example = ChatExample(schema: schema, record: record)
        if example.question.isEmpty || example.sql.isEmpty {
            let missing = example.question.isEmpty ? "question" : "SQL"
            return exclude(record.id, as: .emptyGoldenRecords, because: "its \(missing) is empty")
        }
        switch record.check {
        case .invalid(let reason):
            return exclude(record.id, as: .invalidGoldenRecords, because: reason)
        case .unchecked:
            note(record.id, as: .uncheckedGoldenRecords)
        case .valid:
            break
        }
        include(example, of: record.id, reading: tables)
        return .example(example)
    }

    /// Leaves the next record out, because part of it is held out.
    package mutating func leaveOut(_ record: ObjectID, overlapping reason: String) {
        _ = exclude(record, as: .overlappingGoldenRecords, because: reason)
    }

    /// The plan of the records added so far.
    package func finish() -> DatasetPlan {
        DatasetPlan(
            exampleCount: exampleCount, byteCount: byteCount, excluded: excluded, excludedCount: excludedCount,
            tables: schema.tables.map { TableUse(name: $0.qualifiedName, recordCount: readCounts[$0.name] ?? 0) },
            problems: problems, schemaFingerprint: PromptSerialiser().fingerprint(of: schema))
    }
}

extension DatasetPlanner {
    private mutating func include(_ example: ChatExample, of id: ObjectID, reading tables: Set<String>) {
        line.removeAll(keepingCapacity: true)
        example.append(to: &line)
        byteCount += line.count
        exampleCount += 1
        for table in tables { readCounts[table, default: 0] += 1 }
        switch repetitions.add(question: example.question, sql: example.sql) {
        case .new: break
        case .sameSQL: note(id, as: .duplicateGoldenRecords)
        case .otherSQL: note(id, as: .conflictingGoldenRecords)
        }
    }

    private mutating func exclude(
        _ id: ObjectID, as code: DatasetProblem.Code, because reason: String
    ) -> RecordUse {
        note(id, as: code)
        excludedCount += 1
        if excluded.count < Self.listLimit { excluded.append(ExcludedRecord(recordID: id, reason: reason)) }
        return .excluded(reason: reason)
    }

    private mutating func note(_ id: ObjectID, as code: DatasetProblem.Code) {
        concerned[code, default: ConcernedRecords()].add(id)
    }
}
