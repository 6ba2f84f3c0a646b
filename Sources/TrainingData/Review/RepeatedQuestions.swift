import Identifiers

/// Tells which questions were asked before, from digests alone, however long they are. Case, punctuation and white
/// space do not tell two questions apart.
struct RepeatedQuestions {
    /// How a question and its SQL stand to those before; with the first record that asked it.
    enum Repetition: Hashable {
        case new
        case sameSQL(ObjectID)
        /// Other SQL, which gives the same rows.
        case sameResult(ObjectID)
        /// Other SQL, which gives other rows or of which nobody knows what it gives.
        case otherSQL(ObjectID)
    }

    private struct Answer {
        let record: ObjectID
        let sql: TextDigest
        let result: ResultDigest?
        let ordersRows: Bool

        init(_ record: GoldenRecord) {
            self.record = record.id
            sql = TextDigest(of: NormalisedSQL(record.sql).text)
            result = record.execution.run?.digest
            ordersRows = result != nil && SQLLexer.ordersRows(record.sql)
        }

        func repetition(of first: Answer) -> Repetition {
            if sql == first.sql { return .sameSQL(first.record) }
            guard let result, let before = first.result else { return .otherSQL(first.record) }
            return result.equals(before, inOrder: ordersRows && first.ordersRows)
                ? .sameResult(first.record) : .otherSQL(first.record)
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
