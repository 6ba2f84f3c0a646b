extension DatasetPlanner {
    /// Errors first, then warnings.
    var problems: [DatasetProblem] {
        let all = DatasetProblem.Code.allCases.flatMap { code in
            messages(of: code).map { message in
                DatasetProblem(code: code, message: message, records: concerned[code] ?? ConcernedRecords())
            }
        }
        return all.filter { $0.severity == .error } + all.filter { $0.severity == .warning }
    }

    private func messages(of code: DatasetProblem.Code) -> [String] {
        switch code {
        case .notEnoughGoldenRecords:
            let minimum = DatasetPlan.minimumExampleCount
            let message = "Training needs at least \(minimum) usable golden records, and there are \(exampleCount)."
            return exampleCount < minimum ? [message] : []
        case .noTablesDescribed:
            return fitter.tables.isEmpty ? ["No tables are described, so the examples show none."] : []
        case .examplesTooLong:
            return message(code, "The prompt and SQL of", "do not fit the model even in the least form, and stay out.")
        case .tablesMissedByRelevance:
            return message(code, "A table that is read by the SQL of", "has too little to do with the question.")
        case .personalValuesLeave: return personalValues
        case .invalidTableSchema:
            return schemaProblems.map { "SQL that reads \($0.tableName) cannot be checked: \($0.reason)." }
        case .invalidGoldenRecords: return message(code, "The SQL of", "is invalid and stays out of training.")
        case .emptyGoldenRecords: return message(code, "The question or SQL of", "is empty and stays out of training.")
        case .conflictingGoldenRecords: return message(code, "The question of", "was asked before, with other SQL.")
        case .duplicateGoldenRecords: return message(code, "The question and SQL of", "repeat earlier ones.")
        case .failedGoldenRecords: return message(code, "The SQL of", "failed when it ran and stays out of training.")
        case .emptyResults: return message(code, "The SQL of", "returns nothing and stays out of training.")
        case .schemaDrift:
            return message(code, "The SQL of", "no longer fits the database's tables and stays out of training.")
        case .equivalentGoldenRecords:
            return message(code, "The question of", "was asked before, with other SQL of the same result.")
        case .nearDuplicateGoldenRecords: return message(code, "The question of", "is nearly an earlier one.")
        case .shortQuestions: return message(code, "The question of", "is very short.")
        case .longSQL: return message(code, "The SQL of", "has more than \(RecordReview.longestSQL) bytes.")
        case .largeResults: return message(code, "The SQL of", "returns more than \(QueryLimits.default.rows) rows.")
        case .recordsToRun: return message(code, "The SQL of", "has not run on the database yet.")
        case .uncheckedGoldenRecords: return message(code, "The SQL of", "was not checked.")
        case .overlappingGoldenRecords:
            return message(code, "The question, or the form of the SQL, of", "is also held out; left out of training.")
        }
    }

    private var personalValues: [String] {
        let columns = leaving.filter { $0.isPersonal && $0.form == .plain }.map { "\($0.table).\($0.column)" }
        guard let first = columns.first else { return [] }
        let others = columns.count > 1 ? " and \(columns.count - 1) more" : ""
        return ["Values that are likely personal leave the host as they are: of \(first)\(others)."]
    }

    private func message(_ code: DatasetProblem.Code, _ start: String, _ end: String) -> [String] {
        guard let count = concerned[code]?.count else { return [] }
        return ["\(start) \(count) golden record\(count == 1 ? "" : "s") \(end)"]
    }
}
