extension StateSchema {
    /// Connections whose tables, or database, changed after their golden records were last checked: written with the
    /// change itself, so that a crash right after it forgets nothing. `changes` counts, so that whoever has checked them
    /// does not take away the mark of a change that came meanwhile.
    ///
    /// A sweep that is begun anew counts too: a batch that ran before then says nothing of it.
    static let rechecks = """
        CREATE TABLE record_rechecks (
            connection_id BLOB NOT NULL PRIMARY KEY REFERENCES database_connections (id) ON DELETE CASCADE,
            changes INTEGER NOT NULL DEFAULT 1 CHECK (changes > 0)
        ) STRICT, WITHOUT ROWID;
        ALTER TABLE record_sweeps ADD COLUMN begun INTEGER NOT NULL DEFAULT 0 CHECK (begun >= 0);
        """
}
