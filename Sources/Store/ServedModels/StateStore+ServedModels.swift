package import Evaluations
import GRDB
package import Identifiers
package import Jobs

// Where a function takes `whenCommitted`, it is called before anybody can read what changed.

extension StateStore {
    /// Changes the notes and the gate of an alias, which is made if nobody has it. Returns what it became.
    /// Throws `gateHolds` if the gate came to ask for less, unless it is `loosening`.
    package func changeModel(
        _ alias: ModelAlias, at now: Timestamp, loosening: Bool = true,
        whenCommitted: @escaping @Sendable (ServedModel) -> Void = { _ in },
        _ change: @escaping @Sendable (inout ServedModel) -> Void
    ) async throws(StoreError) -> ServedModel {
        try await write(whenCommitted: whenCommitted) { db in
            try db.makeModel(alias, at: now)
            var model = try db.servedModel(alias)
            let gate = model.gate
            change(&model)
            if !loosening { try gate?.checkHolds(replacedBy: model.gate, of: alias) }
            try db.run(
                """
                UPDATE served_models SET metadata = ?, minimum_accuracy = ?, refuses_loss = ?, holds_must_pass = ?,
                    updated_at = ?
                WHERE alias = ?
                """,
                [
                    model.metadata, model.gate?.minimumAccuracy, model.gate?.refusesLoss ?? false,
                    model.gate?.holdsMustPass ?? false, now, alias,
                ])
            return try db.servedModel(alias)
        }
    }

    /// Lets an alias stand for the model of a finetuning; the alias is made if nobody has it.
    ///
    /// Throws `notFound`, `notSucceeded`, `versionConflict` if the alias has another version than was expected, or
    /// `promotionRefused` if its gate does not let the model through and the promotion is not forced.
    package func promote(
        _ finetuning: ObjectID, as alias: ModelAlias, _ wish: ModelSwitch, manner: PromotionManner = .wished,
        keeping reply: ReplyKeeping<ServedModel>? = nil,
        whenCommitted: @escaping @Sendable (ServedModel) -> Void = { _ in }
    ) async throws(StoreError) -> ServedModel {
        try await write(keeping: reply, whenCommitted: whenCommitted) { db in
            try db.promote(finetuning, as: alias, wish, manner: manner)
        }
    }

    /// Lets an alias stand for the model that it stood for before its present one was promoted. Rollbacks go further
    /// back one after the other, and the history goes on.
    ///
    /// Throws `noModel`, `versionConflict`, `nothingToRollBack`, or `notFound` if the finetuning before is gone.
    package func rollBack(
        _ alias: ModelAlias, _ wish: ModelSwitch, keeping reply: ReplyKeeping<ServedModel>? = nil,
        whenCommitted: @escaping @Sendable (ServedModel) -> Void = { _ in }
    ) async throws(StoreError) -> ServedModel {
        try await write(keeping: reply, whenCommitted: whenCommitted) { db in
            let present = try db.servedModel(alias).version
            try db.checkVersion(present, of: alias, wish)
            guard let restored = try db.promotion(of: alias, version: present)?.restores,
                let promotion = try db.promotion(of: alias, version: restored)
            else { throw StoreError.nothingToRollBack(alias: alias) }
            try db.checkExists(.finetuning, promotion.model.finetuning)
            return try db.switchModel(
                alias,
                to: VersionRow(
                    version: present + 1, promotion: promotion.version, restores: promotion.restores,
                    model: promotion.model, decision: nil),
                wish)
        }
    }

    /// Forgets an alias and its history, but for its last version: versions of a name never repeat. Throws `noModel`, or
    /// `gateHolds` if it has a gate, unless it is `loosening`.
    package func deleteModel(
        _ alias: ModelAlias, loosening: Bool = true, whenCommitted: @escaping @Sendable () -> Void = {}
    ) async throws(StoreError) {
        try await write(whenCommitted: { whenCommitted() }) { db in
            let model = try db.servedModel(alias)
            if !loosening { try model.gate?.checkHolds(replacedBy: nil, of: alias) }
            try db.run("DELETE FROM served_models WHERE alias = ?", [alias])
            try db.keepVersion(of: model)
        }
    }
}

// MARK: Reading

extension StateStore {
    /// The alias and what it stands for. Throws `noModel`.
    package func model(_ alias: ModelAlias) async throws(StoreError) -> ServedModel {
        try await read { db in try db.servedModel(alias) }
    }

    /// A page of all aliases.
    package func models(_ page: PageRequest) async throws(StoreError) -> Page<ServedModel> {
        try await read { db in
            let total = try db.count(of: ServedModel.table)
            let rows = try db.rows(of: ServedModel.table, ListFilter(), on: page, total: total)
            return Page(items: try rows.map { try db.servedModel($0) }, total: total)
        }
    }

    /// A page of the versions of an alias. Throws `noModel`.
    package func history(of alias: ModelAlias, _ page: PageRequest) async throws(StoreError) -> Page<ServedModelVersion>
    {
        try await read { db in
            // Versions have no gaps, so the first and the last one tell how many there are.
            let (last, removed) = (try db.servedModel(alias).version, try db.removedVersion(of: alias))
            let versions = try db.all(
                """
                SELECT served_model_versions.* FROM served_model_versions
                    JOIN served_models ON served_models.id = served_model_id
                WHERE alias = ? AND served_model_versions.version > ?
                ORDER BY served_model_versions.version LIMIT ?
                """, [alias, removed + page.offset, page.limit])
            return Page(items: try versions.map(ServedModelVersion.init), total: max(0, last - removed))
        }
    }
}

extension PromotionGate {
    fileprivate func checkHolds(replacedBy gate: PromotionGate?, of alias: ModelAlias) throws {
        guard gate?.asksAll(of: self) == true else { throw StoreError.gateHolds(alias: alias) }
    }
}

// MARK: Rows

/// A version as it is written, and what is read of the one before.
private struct VersionRow {
    let version: Int
    /// The version that promoted the model: this one, unless it is a rollback.
    let promotion: Int
    /// The promotion that a rollback leads to.
    let restores: Int?
    let model: TunedModel
    let decision: GateDecision?
}

extension Database {
    /// Lets an alias stand for the model of a finetuning, if the alias's gate lets it through. Nothing is written
    /// before something is thrown.
    func promote(
        _ finetuning: ObjectID, as alias: ModelAlias, _ wish: ModelSwitch, manner: PromotionManner
    ) throws -> ServedModel {
        guard let model = try self.finetuning(finetuning).tunedModel else { throw StoreError.notSucceeded(finetuning) }
        let served = try existingModel(alias)
        let present = served?.version ?? 0
        try checkVersion(present, of: alias, wish)
        let decision = try decision(
            on: model, for: alias, standingFor: served?.current, gate: served?.gate, manner: manner)
        try makeModel(alias, at: wish.at)
        let restores = try promotion(of: alias, version: present)?.version
        let next = max(present, try removedVersion(of: alias)) + 1
        return try switchModel(
            alias,
            to: VersionRow(version: next, promotion: next, restores: restores, model: model, decision: decision), wish)
    }

    private func existingModel(_ alias: ModelAlias) throws -> ServedModel? {
        try first("SELECT * FROM served_models WHERE alias = ?", [alias]).map { try servedModel($0) }
    }

    fileprivate func servedModel(_ alias: ModelAlias) throws -> ServedModel {
        guard let model = try existingModel(alias) else { throw StoreError.noModel(alias: alias) }
        return model
    }

    fileprivate func servedModel(_ row: Row) throws -> ServedModel {
        let reader = RowReader(table: ServedModel.table, row: row)
        let version = try first(
            "SELECT * FROM served_model_versions WHERE served_model_id = ? AND version = ?",
            [try reader.value("id", as: Int.self), try reader.value("version", as: Int.self)])
        return try ServedModel(row, current: try version.map(ServedModelVersion.init))
    }

    fileprivate func makeModel(_ alias: ModelAlias, at now: Timestamp) throws {
        try run(
            """
            INSERT INTO served_models (alias, version, created_at, updated_at) VALUES (?1, 0, ?2, ?2)
            ON CONFLICT (alias) DO NOTHING
            """, [alias, now])
    }

    /// The last version of an alias of this name that was removed; 0 where there was none.
    fileprivate func removedVersion(of alias: ModelAlias) throws -> Int {
        try one("SELECT version FROM removed_models WHERE alias = ?", [alias]) ?? 0
    }

    fileprivate func keepVersion(of removed: ServedModel) throws {
        guard removed.version > 0 else { return }
        try run(
            """
            INSERT INTO removed_models (alias, version) VALUES (?, ?)
            ON CONFLICT (alias) DO UPDATE SET version = excluded.version
            """, [removed.alias, removed.version])
    }

    fileprivate func checkVersion(_ present: Int, of alias: ModelAlias, _ wish: ModelSwitch) throws(StoreError) {
        if let expected = wish.expectedVersion, expected != present {
            throw .versionConflict(alias: alias, present: present)
        }
    }

    /// The promotion of the model that a version stands for.
    fileprivate func promotion(of alias: ModelAlias, version: Int) throws -> VersionRow? {
        let row = try first(
            """
            SELECT promotion.* FROM served_models
                JOIN served_model_versions AS present
                    ON present.served_model_id = served_models.id AND present.version = ?2
                JOIN served_model_versions AS promotion
                    ON promotion.served_model_id = served_models.id AND promotion.version = present.promoted_in
            WHERE alias = ?1
            """, [alias, version])
        guard let row else { return nil }
        let reader = RowReader(table: ServedModelVersion.table, row: row)
        let promotion = try ServedModelVersion(row)
        return VersionRow(
            version: promotion.version, promotion: promotion.version, restores: try reader.optional("restores"),
            model: promotion.model, decision: promotion.decision)
    }

    fileprivate func switchModel(_ alias: ModelAlias, to next: VersionRow, _ wish: ModelSwitch) throws -> ServedModel {
        try run(
            """
            INSERT INTO served_model_versions (served_model_id, version, promoted_in, restores, finetuning_id,
                connection_id, model_provider, model_id, prompt_fingerprint, judged_evaluation_id, findings, is_forced,
                peer_uid, note, at)
            SELECT id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM served_models WHERE alias = ?
            """,
            [
                next.version, next.promotion, next.restores, next.model.finetuning, next.model.connection,
                next.model.provider.rawValue, next.model.name, next.model.promptFingerprint,
                next.decision?.judged?.evaluation, try next.decision?.storedFindings,
                next.decision?.isForced ?? false, wish.user, wish.note, wish.at, alias,
            ])
        try run(
            "UPDATE served_models SET version = ?, finetuning_id = ?, updated_at = ? WHERE alias = ?",
            [next.version, next.model.finetuning, wish.at, alias])
        return try servedModel(alias)
    }

    /// Throws `finetuningInUse` while an alias stands for the finetuning's model.
    func checkServesNothing(_ finetuning: ObjectID) throws {
        let alias: ModelAlias? = try one(
            "SELECT alias FROM served_models WHERE finetuning_id = ? ORDER BY id LIMIT 1", [finetuning])
        if let alias { throw StoreError.finetuningInUse(finetuning, by: alias) }
    }
}
