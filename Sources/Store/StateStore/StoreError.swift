package import Evaluations
package import Identifiers
package import Jobs

/// Why the state store did not do what it was asked. Nothing was changed.
package enum StoreError: Error, Hashable, Sendable {
    /// There is no such thing.
    case notFound(StoredKind, ObjectID)
    /// Another thing of this kind has the alias.
    case aliasInUse(StoredKind, String)
    /// Another description of the same connection is of this table.
    case tableAlreadyDescribed(name: String)
    /// A connection with golden records or finetunings is not deleted.
    case connectionInUse(ObjectID, by: ConnectionUse)
    /// A golden record of a finetuning under way is not deleted.
    case recordInUse(ObjectID, by: ObjectID)
    /// A finetuning names a golden record of another connection than its own.
    case foreignConnection(record: ObjectID)
    /// A finetuning under way is not deleted.
    case inProgress(ObjectID)
    /// An evaluation under way is not deleted, nor is its finetuning.
    case evaluationInProgress(ObjectID)
    /// An evaluation that is over is not cancelled.
    case evaluationOver(ObjectID, EvaluationStatus)
    /// A finetuning is not deleted while an alias stands for its model.
    case finetuningInUse(ObjectID, by: ModelAlias)
    /// A finetuning is not deleted while its model may still be promoted to an alias by itself.
    case promotionOpen(ObjectID, to: ModelAlias)
    /// A finetuning that has not succeeded has no model.
    case notSucceeded(ObjectID)
    /// No model has this alias.
    case noModel(alias: ModelAlias)
    /// The alias has another version than whoever changes it believes.
    case versionConflict(alias: ModelAlias, present: Int)
    /// What the alias asks of a model was not shown.
    case promotionRefused(PromotionRefusal)
    /// The alias's gate would ask for less, and whoever wants that may not decide it.
    case gateHolds(alias: ModelAlias)
    /// The alias stood for no model before its present one.
    case nothingToRollBack(alias: ModelAlias)
    /// The idempotency key belongs to another request of the same user.
    case idempotencyConflict(key: String)
    /// A finetuning may cost more than the budget has left, or its user ordered too many.
    case overBudget(BudgetRefusal)
    /// The disk is full, read-only or failing. Reads may go on, and writes go on by themselves once it is mended.
    case degraded(reason: String)
    /// The daemon's user may not open a file or directory of the state.
    case inaccessible(path: String)
    /// What is stored cannot be read: `place` is a file, or a table and column. It is left as it is. Where that keeps the
    /// state from being opened, the backup is named that was made last.
    case corrupt(place: String, reason: String, newestBackup: String? = nil)
    /// The database was written by a newer version of this program, which has these migrations besides ours.
    case newerVersion(path: String, unknownMigrations: [String])
    /// Another process has the state directory, this one if it could be told.
    case locked(directory: String, processID: Int32?)
    /// The database refused a row that no check before it had refused. Always a defect of the store or its caller.
    case refused(reason: String)
    /// The store is closed.
    case closed

    /// Whether the disk is what failed.
    var isDegraded: Bool {
        if case .degraded = self { true } else { false }
    }
}

/// The kinds of things that have an id.
package enum StoredKind: String, Hashable, Sendable, CaseIterable {
    case databaseConnection = "database connection"
    case tableDescription = "table description"
    case goldenRecord = "golden record"
    case finetuning
    case evaluation
    case prompt
    case sqlGeneration = "SQL generation"
}

/// What keeps a connection from being deleted.
package struct ConnectionUse: Hashable, Sendable {
    /// How many golden records it has.
    package var goldenRecords: Int
    /// How many finetunings it has, finished ones too.
    package var finetunings: Int
    /// How many files are still to be removed at a provider with its key.
    package var removals: Int

    /// How often a connection is used.
    package init(goldenRecords: Int, finetunings: Int, removals: Int = 0) {
        self.goldenRecords = goldenRecords
        self.finetunings = finetunings
        self.removals = removals
    }
}

extension ConnectionUse: CustomStringConvertible {
    /// `102 golden records and 1 finetuning`.
    package var description: String {
        [
            Self.counted(goldenRecords, "golden record"), Self.counted(finetunings, "finetuning"),
            Self.counted(removals, "file").map { "\($0) still to be removed at the provider" },
        ].compactMap(\.self).joined(separator: " and ")
    }

    private static func counted(_ count: Int, _ thing: String) -> String? {
        count == 0 ? nil : "\(count) \(thing)\(count == 1 ? "" : "s")"
    }

    // Files are removed with the connection's own key, which goes with it.
    fileprivate var remedy: String {
        goldenRecords + finetunings > 0
            ? "Delete its golden records and finetunings first."
            : "Wait until the provider has removed them; the list of provider objects tells."
    }
}

extension StoreError: CustomStringConvertible {
    /// What happened, in one sentence. Holds no secret.
    package var description: String {
        switch self {
        case .notFound(let kind, let id): "there is no \(kind.rawValue) \(id)"
        case .aliasInUse(let kind, let alias): "another \(kind.rawValue) has the alias \"\(alias)\""
        case .tableAlreadyDescribed(let name): "the table \(name) of this connection has another description already"
        case .connectionInUse(let id, let use): "database connection \(id) has \(use)"
        case .recordInUse(let record, let finetuning):
            "golden record \(record) belongs to finetuning \(finetuning), which is under way"
        case .foreignConnection(let record): "golden record \(record) belongs to another database connection"
        case .inProgress(let id): "finetuning \(id) is under way"
        case .evaluationInProgress(let id): "evaluation \(id) is under way"
        case .evaluationOver(let id, let status):
            "evaluation \(id) cannot be cancelled: it is over: \(status.rawValue)"
        case .finetuningInUse(let id, let alias): "the alias \"\(alias)\" stands for the model of finetuning \(id)"
        case .promotionOpen(let id, let alias):
            "whether \"\(alias)\" shall stand for the model of finetuning \(id) is about to be decided"
        case .notSucceeded(let id): "finetuning \(id) has not succeeded, so it has no model"
        case .noModel(let alias): "there is no model with the alias \"\(alias)\""
        case .versionConflict(let alias, let present): "the alias \"\(alias)\" has version \(present) by now"
        case .promotionRefused(let refusal): refusal.description
        case .gateHolds(let alias): "the gate of the alias \"\(alias)\" would ask for less"
        case .nothingToRollBack(let alias): "the alias \"\(alias)\" stood for no model before its present one"
        case .idempotencyConflict(let key): "the idempotency key \"\(key)\" belongs to another request"
        case .overBudget(let refusal): refusal.description
        case .degraded(let reason): "the state cannot be written: \(reason)"
        case .inaccessible(let path): "this user may not open \(path)"
        case .corrupt(let place, let reason, _): "\(place) cannot be read: \(reason)"
        case .newerVersion(let path, let migrations):
            "\(path) was written by a newer version (it has \(migrations.joined(separator: ", ")))"
        case .locked(let directory, let processID):
            "the state directory \(directory) is in use by "
                + (processID.map { "process \($0)" } ?? "another process")
        case .refused(let reason): "the database refused a row: \(reason)"
        case .closed: "the state store is closed"
        }
    }

    /// What to do about it.
    package var remedy: String {
        switch self {
        case .notFound(let kind, _): "List the \(kind.rawValue)s to see which there are."
        case .aliasInUse: "Choose another alias, or delete the one that has it."
        case .tableAlreadyDescribed: "Change that description instead."
        case .connectionInUse(_, let use): use.remedy
        case .recordInUse: "Wait until the finetuning has ended, or cancel it."
        case .foreignConnection: "Name golden records of the finetuning's own connection."
        case .inProgress, .evaluationInProgress: "Cancel it and wait until it has ended."
        case .finetuningInUse(_, let alias):
            "Let the alias stand for another model first: finetunectl model promote \(alias.rawValue.asShellWord) FINETUNING. "
                + "Or delete it: finetunectl model remove \(alias.rawValue.asShellWord)"
        case .promotionOpen: "Wait until that is decided, and see the finetuning's events for it."
        case .notSucceeded: "Wait until it has succeeded, or name another finetuning."
        case .noModel(let alias):
            "See which there are: finetunectl model list. Or promote a finetuning to this alias: "
                + "finetunectl model promote \(alias.rawValue.asShellWord) FINETUNING"
        case .versionConflict: "Look at the alias again, and send that version if you still want the change."
        case .promotionRefused(let refusal): refusal.remedy
        case .gateHolds: "Have an administrator change the gate."
        case .evaluationOver: "Nothing needs to be done."
        case .nothingToRollBack: "Promote the finetuning whose model you want."
        case .idempotencyConflict: "Give every request a key of its own, and repeat a request unchanged."
        case .overBudget(let refusal): refusal.remedy
        case .degraded: "Free space, or mend the file system; writing goes on by itself then."
        case .inaccessible(let path): "Give it to the user that the daemon runs as: chown USER \(path)"
        case .corrupt(let place, _, let backup): Self.restoring(place, from: backup)
        case .newerVersion: "Install that version again, or restore the backup from before the upgrade."
        case .locked: "Stop that process, or give this one a state directory of its own."
        case .refused: "Report this as a defect, with the message."
        case .closed: "Try again when the daemon runs again."
        }
    }

    // At the start the place is the file, and the command can be given as it has to be typed.
    private static func restoring(_ place: String, from backup: String?) -> String {
        let directory = place.hasPrefix("/") ? String(place[..<(place.lastIndex(of: "/") ?? place.endIndex)]) : nil
        let command = directory.map { "finetunectl admin restore --state-directory \($0) " }
        return switch (command, backup) {
        case (let command?, let backup?): "The file is left as it is. Restore the latest backup: \(command)\(backup)"
        case (let command?, nil):
            "The file is left as it is. No backup is beside it; restore one that you have elsewhere: \(command)FILE"
        case (nil, _):
            "The file is left as it is. Stop the daemon and restore a backup: finetunectl admin restore --help"
        }
    }
}
