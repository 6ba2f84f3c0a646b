import Evaluations
import GRDB
package import Identifiers
package import Jobs

extension StateStore {
    /// What finetunings and evaluations accepted in the month of `now` count, and what the user ordered.
    package func spending(of user: UInt32, at now: Timestamp) async throws(StoreError) -> Spending {
        try await read { db in try db.spending(of: user, at: now) }
    }
}

extension Database {
    fileprivate func spending(of user: UInt32, at now: Timestamp) throws -> Spending {
        let day = CalendarDay(of: now)
        return Spending(
            thisMonth: try spent(since: day.startOfMonth, by: nil),
            ofUserThisMonth: try spent(since: day.startOfMonth, by: user),
            finetuningsToday: try one(
                "SELECT sum(finetunings) FROM spending_days WHERE day_start >= ? AND owner_uid = ?", [day.start, user])
                ?? 0)
    }

    private func spent(since moment: Timestamp, by user: UInt32?) throws -> Price {
        // Sums beyond what an integer holds are an error in SQLite, and no one's bill.
        let sum: Double? = try one(
            """
            SELECT total(microdollars) FROM (
                SELECT microdollars FROM spending_days WHERE day_start >= ?1 AND owner_uid = ifnull(?2, owner_uid)
                UNION ALL
                SELECT microdollars FROM evaluation_spending
                WHERE accepted_at >= ?1 AND owner_uid = ifnull(?2, owner_uid))
            """, [moment, user])
        return Price(microdollars: Int(exactly: (sum ?? 0).rounded()) ?? .max)
    }

    /// Enters what a new finetuning may cost. Throws `overBudget` if that is more than there is, and changes nothing.
    func enterSpending(of finetuning: Finetuning, within budget: Budget) throws {
        guard let owner = finetuning.owner else { return }
        let spending = try spending(of: owner, at: finetuning.createdAt)
        if let refusal = budget.refusal(of: finetuning.estimate, after: spending) {
            throw StoreError.overBudget(refusal)
        }
        try run(
            "INSERT INTO spending (finetuning_id, owner_uid, accepted_at, microdollars) VALUES (?, ?, ?, ?)",
            [finetuning.id, owner, finetuning.createdAt, finetuning.spending?.microdollars])
    }

    /// Enters what a new evaluation may cost. Throws `overBudget` if that is more than there is, and changes nothing.
    func enterSpending(of evaluation: Evaluation, within budget: Budget) throws {
        let spending = try spending(of: evaluation.owner, at: evaluation.createdAt)
        if let refusal = budget.refusal(ofEvaluationCosting: evaluation.mostCost, after: spending) {
            throw StoreError.overBudget(refusal)
        }
        try run(
            """
            INSERT INTO evaluation_spending (evaluation_id, owner_uid, accepted_at, microdollars) VALUES (?, ?, ?, ?)
            """, [evaluation.id, evaluation.owner, evaluation.createdAt, evaluation.mostCost?.microdollars])
    }

    /// Lets an evaluation that is over count what its answers cost, where the provider told the tokens of each; else the
    /// most that it may cost.
    func settleSpending(ofEvaluation id: ObjectID) throws {
        let cost = try answersCost(of: try evaluation(id))
        try run("UPDATE evaluation_spending SET microdollars = ? WHERE evaluation_id = ?", [cost?.microdollars, id])
    }

    private func answersCost(of evaluation: Evaluation) throws -> Price? {
        var cost = Price.zero
        for usage in try usage(ofEvaluation: evaluation.id) {
            guard let prices = evaluation.prices[usage.contestant], usage.isTold else { return evaluation.mostCost }
            cost = cost + prices.cost(promptTokens: usage.promptTokens, answerTokens: usage.answerTokens)
        }
        return cost
    }

    private func usage(ofEvaluation id: ObjectID) throws -> [AnswerUsage] {
        try all(
            """
            SELECT contestant, total(prompt_tokens) AS prompt_tokens, total(answer_tokens) AS answer_tokens,
                count(prompt_tokens) + sum(verdict = 'unanswered') >= count(*) AS is_told
            FROM evaluation_answers WHERE evaluation_id = ? GROUP BY contestant
            """, [id]
        ).map(AnswerUsage.init)
    }

    /// Keeps what a finetuning counts up to date.
    func updateSpending(of finetuning: Finetuning) throws {
        try run(
            "UPDATE spending SET microdollars = ?1 WHERE finetuning_id = ?2 AND microdollars IS NOT ?1",
            [finetuning.spending?.microdollars, finetuning.id])
    }
}

/// The tokens of one model's answers.
private struct AnswerUsage {
    let contestant: Contestant
    let promptTokens: Int
    let answerTokens: Int
    /// Whether the provider told the tokens of each answer that it gave.
    let isTold: Bool

    init(_ row: Row) throws {
        let reader = RowReader(table: "evaluation_answers", row: row)
        contestant = try reader.word("contestant")
        promptTokens = Self.count(try reader.value("prompt_tokens"))
        answerTokens = Self.count(try reader.value("answer_tokens"))
        isTold = try reader.value("is_told")
    }

    private static func count(_ total: Double) -> Int { Int(exactly: total.rounded()) ?? .max }
}
