/// Tells which questions were asked before, from digests alone, however long they are.
struct RepeatedQuestions {
    /// How a question and its SQL stand to those before.
    enum Repetition: Hashable {
        case new
        case sameSQL
        case otherSQL
    }

    private var sqlByQuestion: [TextDigest: TextDigest] = [:]

    /// Takes the next question; a conflict is with the SQL that came first.
    mutating func add(question: String, sql: String) -> Repetition {
        let digest = TextDigest(of: sql)
        let slot = TextDigest(of: question)
        guard let first = sqlByQuestion[slot] else {
            sqlByQuestion[slot] = digest
            return .new
        }
        return first == digest ? .sameSQL : .otherSQL
    }
}
