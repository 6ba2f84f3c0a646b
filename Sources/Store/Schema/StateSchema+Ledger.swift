extension StateSchema {
    /// What the daemon made or adopted at providers. It refers to finetunings and connections without foreign keys:
    /// it outlives them. What was made before there was a ledger is entered from the finetunings that there are.
    static let ledger = """
        CREATE TABLE provider_objects (
            id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            provider TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('file', 'job', 'model')),
            remote_id TEXT NOT NULL,
            finetuning_id BLOB NOT NULL CHECK (length(finetuning_id) = 12),
            finetuning_alias TEXT NOT NULL,
            connection_id BLOB NOT NULL CHECK (length(connection_id) = 12),
            origin TEXT NOT NULL CHECK (origin IN ('made', 'adopted')),
            created_at INTEGER NOT NULL,
            state TEXT NOT NULL DEFAULT 'present' CHECK (state IN ('present', 'removing', 'removed')),
            failed_tries INTEGER NOT NULL DEFAULT 0 CHECK (failed_tries >= 0),
            not_before INTEGER,
            failure_reason TEXT,
            removed_at INTEGER,
            UNIQUE (provider, kind, remote_id),
            CHECK ((state = 'removing') = (not_before IS NOT NULL)),
            CHECK ((state = 'removed') = (removed_at IS NOT NULL))
        ) STRICT;
        CREATE INDEX provider_objects_by_finetuning ON provider_objects (finetuning_id);
        CREATE INDEX provider_objects_by_state ON provider_objects (state, id);
        CREATE INDEX provider_objects_to_remove ON provider_objects (not_before) WHERE state = 'removing';

        """
        + backfill(kind: "file", column: "provider_file_id")
        + backfill(kind: "job", column: "provider_job_id")
        + backfill(kind: "model", column: "model_id")

    private static func backfill(kind: String, column: String) -> String {
        """
        INSERT OR IGNORE INTO provider_objects (provider, kind, remote_id, finetuning_id, finetuning_alias,
            connection_id, origin, created_at)
        SELECT model_provider, '\(kind)', \(column), id, alias, connection_id, 'made', created_at
        FROM finetunings WHERE \(column) IS NOT NULL ORDER BY id;

        """
    }
}
