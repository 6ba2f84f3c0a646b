extension StateSchema {
    /// How long a provider has not shown what it had, and the plan that an order was held to.
    static let acceptedPlans = """
        ALTER TABLE finetunings ADD COLUMN missing_for INTEGER
            CHECK (missing_for IS NULL OR (missing_for >= 0 AND obstacle IS 'fault'));
        ALTER TABLE finetunings ADD COLUMN plan_sha256 TEXT CHECK (length(plan_sha256) = 64);
        """
}
