package import Evaluations
import GRDB
package import Identifiers
package import Jobs

/// What came of an automatic promotion.
package struct SettledPromotion: Hashable, Sendable {
    /// The promotion, which is over.
    package let promotion: AutomaticPromotion
    /// Whether its alias stands for the model.
    package var isPromoted: Bool {
        if case .promoted = promotion.stage { true } else { false }
    }
}

extension StateStore {
    /// What becomes of a finetuning's model by itself; `nil` where its order did not say.
    package func automaticPromotion(of finetuning: ObjectID) async throws(StoreError) -> AutomaticPromotion? {
        try await read { db in try db.automaticPromotion(of: finetuning) }
    }

    /// What becomes of the models of these finetunings by themselves, where their orders said.
    package func automaticPromotions(
        ofEach finetunings: [ObjectID]
    ) async throws(StoreError) -> [ObjectID: AutomaticPromotion] {
        try await read { db in
            try finetunings.reduce(into: [:]) { found, id in found[id] = try db.automaticPromotion(of: id) }
        }
    }

    /// The automatic promotions that can go on now, oldest first: their finetuning has ended, or their evaluation.
    package func promotionsToGoOn(limit: Int) async throws(StoreError) -> [AutomaticPromotion] {
        try await read { db in
            try db.all(
                """
                SELECT automatic_promotions.* FROM automatic_promotions
                    JOIN finetunings ON finetunings.id = automatic_promotions.finetuning_id
                    LEFT JOIN evaluations ON evaluations.id = automatic_promotions.evaluation_id
                WHERE automatic_promotions.stage IN ('waiting', 'evaluating') AND finetunings.stage = 'ended'
                    AND (evaluations.status IS NULL OR evaluations.status NOT IN ('queued', 'running'))
                ORDER BY automatic_promotions.finetuning_id LIMIT ?
                """, [limit]
            ).map(AutomaticPromotion.init)
        }
    }

    /// Accepts the evaluation that an automatic promotion waits for, and moves the promotion on, in one transaction.
    /// `false`, and nothing done, if it waits no longer. Throws `overBudget` as any evaluation does.
    ///
    /// `whenCommitted` is called before anybody can read what changed.
    package func create(
        _ evaluation: Evaluation, questions: [EvaluationQuestion], for promotion: AutomaticPromotion,
        within budget: Budget = .unbounded, whenCommitted: @escaping @Sendable () -> Void = {}
    ) async throws(StoreError) -> Bool {
        let isOrdered = try await write(whenCommitted: { _ in whenCommitted() }) { db in
            guard try db.automaticPromotion(of: promotion.finetuning)?.stage == .waiting else { return false }
            try db.create(evaluation, questions: questions, within: budget)
            var promotion = promotion
            promotion.stage = .evaluating(evaluation.id)
            try db.update(promotion)
            let told = Happening.evaluationOrdered(evaluation.id, alias: promotion.alias)
            _ = try db.append([told], to: promotion.finetuning, at: evaluation.createdAt)
            FailPoint.pass(.promotionEvaluated, .before)
            return true
        }
        FailPoint.pass(.promotionEvaluated, .after)
        return isOrdered
    }

    /// Promotes the model of an automatic promotion whose evaluation has succeeded, if the alias's gate lets it
    /// through, and ends the automatic promotion in any case, in one transaction. `nil` if it was over already.
    ///
    /// `whenCommitted` is called before anybody can read what changed.
    package func settle(
        _ promotion: AutomaticPromotion, by evaluation: ObjectID, _ wish: ModelSwitch,
        whenCommitted: @escaping @Sendable (SettledPromotion?) -> Void = { _ in }
    ) async throws(StoreError) -> SettledPromotion? {
        try await settling(promotion, at: wish.at, whenCommitted: whenCommitted) { db in
            do {
                let served = try db.promote(promotion.finetuning, as: promotion.alias, wish, manner: .automatic)
                return .promoted(evaluation: evaluation, version: served.version)
            } catch StoreError.promotionRefused(let refusal) {
                return .declined(evaluation: evaluation, reason: refusal.description)
            }
        }
    }

    /// Ends an automatic promotion without promoting anything. `nil` if it was over already.
    ///
    /// `whenCommitted` is called before anybody can read what changed.
    package func decline(
        _ promotion: AutomaticPromotion, because reason: String, at now: Timestamp,
        whenCommitted: @escaping @Sendable (SettledPromotion?) -> Void = { _ in }
    ) async throws(StoreError) -> SettledPromotion? {
        try await settling(promotion, at: now, whenCommitted: whenCommitted) { _ in
            .declined(evaluation: promotion.evaluation, reason: reason)
        }
    }

    private func settling(
        _ promotion: AutomaticPromotion, at now: Timestamp,
        whenCommitted: @escaping @Sendable (SettledPromotion?) -> Void,
        _ end: @escaping @Sendable (Database) throws -> AutomaticPromotion.Stage
    ) async throws(StoreError) -> SettledPromotion? {
        let settled: SettledPromotion? = try await write(whenCommitted: whenCommitted) { db in
            guard try db.automaticPromotion(of: promotion.finetuning)?.isOpen == true else { return nil }
            var promotion = promotion
            promotion.stage = try end(db)
            try db.update(promotion)
            _ = try db.append(promotion.happenings, to: promotion.finetuning, at: now)
            FailPoint.pass(.promotionSettled, .before)
            return SettledPromotion(promotion: promotion)
        }
        FailPoint.pass(.promotionSettled, .after)
        return settled
    }
}

// MARK: Rows

extension AutomaticPromotion {
    private enum Word: String {
        case waiting, evaluating, promoted, declined
    }

    fileprivate init(_ row: Row) throws {
        let reader = RowReader(table: "automatic_promotions", row: row)
        let word: Word = try reader.word("stage")
        let stage: Stage =
            switch word {
            case .waiting: .waiting
            case .evaluating: .evaluating(try reader.value("evaluation_id"))
            case .promoted:
                .promoted(evaluation: try reader.value("evaluation_id"), version: try reader.value("version"))
            case .declined:
                .declined(evaluation: try reader.optional("evaluation_id"), reason: try reader.value("reason"))
            }
        self.init(
            finetuning: try reader.value("finetuning_id"), alias: try reader.value("alias"),
            owner: try reader.value("owner_uid"), stage: stage)
    }

    /// The columns `stage`, `evaluation_id`, `version` and `reason`.
    fileprivate var stageColumns: [(any DatabaseValueConvertible)?] {
        switch stage {
        case .waiting: [Word.waiting.rawValue, nil, nil, nil]
        case .evaluating(let evaluation): [Word.evaluating.rawValue, evaluation, nil, nil]
        case .promoted(let evaluation, let version): [Word.promoted.rawValue, evaluation, version, nil]
        case .declined(let evaluation, let reason): [Word.declined.rawValue, evaluation, nil, reason]
        }
    }

    /// What is told of how it ended.
    fileprivate var happenings: [Happening] {
        switch stage {
        case .waiting, .evaluating: []
        case .promoted(_, let version): [.promoted(alias: alias, version: version)]
        case .declined(_, let reason): [.notPromoted(alias: alias, reason: reason)]
        }
    }
}

extension Database {
    fileprivate func automaticPromotion(of finetuning: ObjectID) throws -> AutomaticPromotion? {
        try first("SELECT * FROM automatic_promotions WHERE finetuning_id = ?", [finetuning])
            .map(AutomaticPromotion.init)
    }

    /// Throws `promotionOpen` while a finetuning's model may still be promoted.
    func checkAwaitsNoPromotion(_ finetuning: Finetuning) throws {
        guard finetuning.tunedModel != nil, let promotion = try automaticPromotion(of: finetuning.id), promotion.isOpen
        else { return }
        throw StoreError.promotionOpen(finetuning.id, to: promotion.alias)
    }

    /// Stores what a finetuning's model is for.
    func insert(_ promotion: AutomaticPromotion) throws {
        try run(
            """
            INSERT INTO automatic_promotions (finetuning_id, alias, owner_uid, stage, evaluation_id, version, reason)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            StatementArguments([promotion.finetuning, promotion.alias, promotion.owner] + promotion.stageColumns))
    }

    fileprivate func update(_ promotion: AutomaticPromotion) throws {
        try run(
            """
            UPDATE automatic_promotions SET stage = ?, evaluation_id = ?, version = ?, reason = ?
            WHERE finetuning_id = ?
            """, StatementArguments(promotion.stageColumns + [promotion.finetuning]))
    }
}
