import GRDB

extension DatabaseMigrator {
    /// Every change of the schema, oldest first. A migration that was released is never edited: append another.
    static let state: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("0001 connections, tables, records, finetunings", sql: StateSchema.first)
        migrator.registerMigration("0002 replies that are kept", sql: StateSchema.keptReplies)
        migrator.registerMigration("0003 ledger of provider objects", sql: StateSchema.ledger)
        migrator.registerMigration("0004 models by alias", sql: StateSchema.servedModels)
        migrator.registerMigration("0005 records held out, validation files", sql: StateSchema.heldOut)
        migrator.registerMigration("0006 blocks of golden records", sql: StateSchema.recordBlocks)
        migrator.registerMigration("0007 lineage and redaction", sql: StateSchema.lineage)
        migrator.registerMigration("0008 questions and their answers", sql: StateSchema.asking)
        migrator.registerMigration("0009 runs of golden records", sql: StateSchema.recordRuns)
        migrator.registerMigration("0010 sign of life", sql: StateSchema.signOfLife)
        migrator.registerMigration("0011 budget", sql: StateSchema.budget)
        migrator.registerMigration("0012 evaluations", sql: StateSchema.evaluations)
        migrator.registerMigration("0013 tallies of finetunings and spending", sql: StateSchema.tallies)
        migrator.registerMigration("0014 promotion gates", sql: StateSchema.promotionGates)
        migrator.registerMigration("0015 prices of questions", sql: StateSchema.questionPrices)
        migrator.registerMigration("0016 warnings of generations", sql: StateSchema.generationWarnings)
        migrator.registerMigration("0017 missing objects, accepted plans", sql: StateSchema.acceptedPlans)
        migrator.registerMigration("0018 checks of records without lists", sql: StateSchema.recordChecksWithoutLists)
        migrator.registerMigration("0019 rechecks of golden records", sql: StateSchema.rechecks)
        migrator.registerMigration("0020 versions of removed models", sql: StateSchema.removedModels)
        migrator.registerMigration("0021 bounds of sweeps", sql: StateSchema.sweepBounds)
        migrator.registerMigration("0022 records counted together", sql: StateSchema.recordsCountedTogether)
        migrator.registerMigration("0023 versions of models removed before", sql: StateSchema.versionsBeforeRemoval)
        return migrator
    }()

    private mutating func registerMigration(_ name: String, sql: String) {
        registerMigration(name, foreignKeyChecks: .immediate) { db in try db.execute(sql: sql) }
    }
}
