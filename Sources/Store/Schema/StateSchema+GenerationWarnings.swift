extension StateSchema {
    /// What spoke against asking the model that was asked.
    static let generationWarnings = """
        ALTER TABLE sql_generations ADD COLUMN warning TEXT;
        """
}
