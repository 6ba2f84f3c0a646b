extension DatasetPlanner {
    /// Errors first, then warnings.
    var problems: [DatasetProblem] {
        let all = DatasetProblem.Code.allCases.flatMap { code in
            messages(of: code).map { message in
                DatasetProblem(code: code, message: message, recordIDs: concerned[code]?.listed ?? [])
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
            return schema.tables.isEmpty ? ["No tables are described, so the examples show none."] : []
        case .invalidTableSchema:
            return schemaProblems.map { "SQL that reads \($0.tableName) cannot be checked: \($0.reason)." }
        case .invalidGoldenRecords: return message(code, "The SQL of", "is invalid and stays out of training.")
        case .emptyGoldenRecords: return message(code, "The question or SQL of", "is empty and stays out of training.")
        case .conflictingGoldenRecords: return message(code, "The question of", "was asked before, with other SQL.")
        case .duplicateGoldenRecords: return message(code, "The question and SQL of", "repeat earlier ones.")
        case .uncheckedGoldenRecords: return message(code, "The SQL of", "was not checked.")
        case .overlappingGoldenRecords:
            return message(code, "The question, or the form of the SQL, of", "is also held out; left out of training.")
        }
    }

    private func message(_ code: DatasetProblem.Code, _ start: String, _ end: String) -> [String] {
        guard let count = concerned[code]?.count else { return [] }
        return ["\(start) \(count) golden record\(count == 1 ? "" : "s") \(end)"]
    }
}
