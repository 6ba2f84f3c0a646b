extension StateSchema {
    /// What the answers of evaluations cost, and what evaluations count in budgets. As that of finetunings, their
    /// spending has no foreign key: deleting one does not give its money back.
    ///
    /// Evaluations from before have no prices, and count nothing.
    static let questionPrices = """
        ALTER TABLE evaluations ADD COLUMN candidate_input_price INTEGER CHECK (candidate_input_price >= 0);
        ALTER TABLE evaluations ADD COLUMN candidate_output_price INTEGER CHECK (candidate_output_price >= 0)
            CHECK ((candidate_input_price IS NULL) = (candidate_output_price IS NULL));
        ALTER TABLE evaluations ADD COLUMN baseline_input_price INTEGER CHECK (baseline_input_price >= 0);
        ALTER TABLE evaluations ADD COLUMN baseline_output_price INTEGER CHECK (baseline_output_price >= 0)
            CHECK ((baseline_input_price IS NULL) = (baseline_output_price IS NULL))
            CHECK (baseline_input_price IS NULL OR baseline_model IS NOT NULL);
        ALTER TABLE evaluations ADD COLUMN most_microdollars INTEGER CHECK (most_microdollars >= 0);

        CREATE TABLE evaluation_spending (
            evaluation_id BLOB NOT NULL PRIMARY KEY CHECK (length(evaluation_id) = 12),
            owner_uid INTEGER NOT NULL,
            accepted_at INTEGER NOT NULL,
            microdollars INTEGER CHECK (microdollars >= 0)
        ) STRICT;
        CREATE INDEX evaluation_spending_by_time ON evaluation_spending (accepted_at, owner_uid, microdollars);
        """
}
