extension StateSchema {
    /// What finetunings were expected to cost, and what they count in budgets. The table of spending refers to
    /// finetunings without a foreign key: deleting one does not give its money back.
    ///
    /// Finetunings from before have no owner and no estimate, and count nothing.
    static let budget = """
        ALTER TABLE finetunings ADD COLUMN owner_uid INTEGER CHECK (owner_uid BETWEEN 0 AND 4294967295);
        ALTER TABLE finetunings ADD COLUMN tokens_per_epoch INTEGER CHECK (tokens_per_epoch >= 0);
        ALTER TABLE finetunings ADD COLUMN least_epochs INTEGER CHECK (least_epochs >= 1);
        ALTER TABLE finetunings ADD COLUMN likely_epochs INTEGER CHECK (likely_epochs >= least_epochs);
        ALTER TABLE finetunings ADD COLUMN most_epochs INTEGER CHECK (most_epochs >= likely_epochs)
            CHECK ((tokens_per_epoch IS NULL) = (least_epochs IS NULL)
                AND (tokens_per_epoch IS NULL) = (likely_epochs IS NULL)
                AND (tokens_per_epoch IS NULL) = (most_epochs IS NULL));
        ALTER TABLE finetunings ADD COLUMN microdollars_per_million_tokens INTEGER
            CHECK (microdollars_per_million_tokens >= 0)
            CHECK (microdollars_per_million_tokens IS NULL OR tokens_per_epoch IS NOT NULL);

        CREATE TABLE spending (
            finetuning_id BLOB NOT NULL PRIMARY KEY CHECK (length(finetuning_id) = 12),
            owner_uid INTEGER NOT NULL,
            accepted_at INTEGER NOT NULL,
            microdollars INTEGER CHECK (microdollars >= 0)
        ) STRICT;
        CREATE INDEX spending_by_time ON spending (accepted_at, owner_uid, microdollars);
        """
}
