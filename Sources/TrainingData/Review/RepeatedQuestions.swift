/// Tells which questions were asked before, from digests alone, however long they are. Case, punctuation and white
/// space do not tell two questions apart.
struct RepeatedQuestions {
    /// How a question and its SQL stand to those before.
    enum Repetition: Hashable {
        case new
        case sameSQL
        /// Other SQL, which gives the same rows.
        case sameResult
        /// Other SQL, which gives other rows or of which nobody knows what it gives.
        case otherSQL
    }

    private struct Answer {
        let sql: TextDigest
        let result: ResultDigest?
        let ordersRows: Bool

        init(_ record: GoldenRecord) {
            sql = TextDigest(of: NormalisedSQL(record.sql).text)
            result = record.execution.run?.digest
            ordersRows = result != nil && SQLLexer.ordersRows(record.sql)
        }

        func repetition(of first: Answer) -> Repetition {
            if sql == first.sql { return .sameSQL }
            guard let result, let before = first.result else { return .otherSQL }
            return result.equals(before, inOrder: ordersRows && first.ordersRows) ? .sameResult : .otherSQL
        }
    }

    private var answers: [TextDigest: Answer] = [:]

    /// Takes the next record; a conflict is with the SQL that came first. `question` is its question, made plain.
    mutating func add(_ record: GoldenRecord, question: String) -> Repetition {
        let slot = TextDigest(of: question)
        let answer = Answer(record)
        if let first = answers[slot] { return answer.repetition(of: first) }
        answers[slot] = answer
        return .new
    }
}
