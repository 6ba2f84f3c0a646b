import Evaluations
import GRDB
import Identifiers
import Jobs

extension EvaluationQuestion {
    init(_ row: Row) throws {
        let reader = RowReader(table: "evaluation_questions", row: row)
        self.init(
            position: try reader.value("position"), record: try reader.value("golden_record_id"),
            question: try reader.value("question"), goldenSQL: try reader.value("golden_sql"),
            wasTrainedOn: try reader.value("was_trained_on"), mustPass: try reader.value("must_pass"))
    }

    static let insertion = """
        INSERT INTO evaluation_questions (evaluation_id, position, golden_record_id, question, golden_sql,
            was_trained_on, must_pass)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """

    /// In the order of `insertion`.
    func columns(of evaluation: ObjectID) -> StatementArguments {
        [evaluation, position, record, question, goldenSQL, wasTrainedOn, mustPass]
    }
}

extension EvaluationAnswer {
    init(_ row: Row) throws {
        let reader = RowReader(table: "evaluation_answers", row: row)
        self.init(
            position: try reader.value("position"), contestant: try reader.word("contestant"),
            sql: try reader.optional("sql"),
            verdict: Verdict(try reader.word("verdict"), reason: try reader.optional("reason") ?? ""),
            isExactMatch: try reader.value("is_exact_match"), promptTokens: try reader.optional("prompt_tokens"),
            answerTokens: try reader.optional("answer_tokens"), milliseconds: try reader.value("milliseconds"),
            at: try reader.value("at"))
    }

    /// What was answered first stays. An answer that the schema does not take is an error: it is no second one.
    static let insertion = """
        INSERT INTO evaluation_answers (evaluation_id, position, contestant, sql, verdict, reason,
            is_exact_match, prompt_tokens, answer_tokens, milliseconds, at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (evaluation_id, position, contestant) DO NOTHING
        """

    /// In the order of `insertion`.
    func columns(of evaluation: ObjectID) -> StatementArguments {
        [
            evaluation, position, contestant.rawValue, sql, verdict.word.rawValue, verdict.reason, isExactMatch,
            promptTokens, answerTokens, milliseconds, at,
        ]
    }

    /// Tokens that the answer took, as far as the provider told.
    var tokens: Int { (promptTokens ?? 0).addingTokens(answerTokens ?? 0) }
}
