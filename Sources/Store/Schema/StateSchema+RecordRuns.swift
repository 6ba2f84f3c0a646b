extension StateSchema {
    /// What golden SQL gave when it ran on its database.
    ///
    /// Records that were added or changed since are marked as due, so that a restart forgets none of them, and the
    /// index holds those alone. When a connection's tables change, all of its records are run again: `record_sweeps`
    /// then says up to which that is done, since to mark a million records would take longer.
    static let recordRuns = """
        ALTER TABLE golden_records ADD COLUMN run_due INTEGER NOT NULL DEFAULT 0 CHECK (run_due IN (0, 1));
        ALTER TABLE golden_records ADD COLUMN ran_at INTEGER CHECK (ran_at IS NULL OR run_due = 0);
        ALTER TABLE golden_records ADD COLUMN run_outcome TEXT CHECK (
            run_outcome IN ('rows', 'empty', 'too_many_rows', 'failed', 'schema_drift', 'gave_up'));
        ALTER TABLE golden_records ADD COLUMN run_rows INTEGER CHECK (
            run_rows >= 0 AND (ran_at IS NULL) = (run_outcome IS NULL) AND (ran_at IS NULL) = (run_rows IS NULL));
        ALTER TABLE golden_records ADD COLUMN run_digest TEXT CHECK (length(run_digest) = 48);

        UPDATE golden_records SET run_due = 1
        WHERE check_status = 'valid' AND connection_id IN (
            SELECT id FROM database_connections WHERE dialect = 'sqlite' AND connection_uri IS NOT NULL);
        CREATE INDEX golden_records_to_run ON golden_records (connection_id, id) WHERE run_due = 1;
        CREATE INDEX golden_records_doubtful ON golden_records (connection_id, check_status)
            WHERE check_status <> 'valid';

        CREATE TABLE record_sweeps (
            connection_id BLOB NOT NULL PRIMARY KEY REFERENCES database_connections (id) ON DELETE CASCADE,
            after_id BLOB NOT NULL CHECK (length(after_id) IN (0, 12))
        ) STRICT, WITHOUT ROWID;
        """
}
