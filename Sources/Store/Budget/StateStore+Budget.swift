import GRDB
package import Identifiers
package import Jobs

extension StateStore {
    /// What finetunings accepted in the month of `now` count, and what the user ordered.
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
            "SELECT total(microdollars) FROM spending_days WHERE day_start >= ?1 AND owner_uid = ifnull(?2, owner_uid)",
            [moment, user])
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

    /// Keeps what a finetuning counts up to date.
    func updateSpending(of finetuning: Finetuning) throws {
        try run(
            "UPDATE spending SET microdollars = ?1 WHERE finetuning_id = ?2 AND microdollars IS NOT ?1",
            [finetuning.spending?.microdollars, finetuning.id])
    }
}
