extension StateSchema {
    /// What aliases stand for, and stood for. The present version refers to its finetuning, which cannot go while the
    /// alias stands for it; the versions before outlive theirs.
    ///
    /// A version is a promotion or brings one back. `promoted_in` is the version that promoted its model, and
    /// `restores` the version to which a rollback from here leads.
    static let servedModels = """
        CREATE TABLE served_models (
            id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            alias TEXT NOT NULL UNIQUE,
            version INTEGER NOT NULL CHECK (version >= 0),
            finetuning_id BLOB REFERENCES finetunings (id) ON DELETE RESTRICT,
            metadata TEXT,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            CHECK ((version = 0) = (finetuning_id IS NULL))
        ) STRICT;
        CREATE INDEX served_models_by_finetuning ON served_models (finetuning_id);

        CREATE TABLE served_model_versions (
            served_model_id INTEGER NOT NULL REFERENCES served_models (id) ON DELETE CASCADE,
            version INTEGER NOT NULL CHECK (version >= 1),
            promoted_in INTEGER NOT NULL CHECK (promoted_in BETWEEN 1 AND version),
            restores INTEGER CHECK (restores BETWEEN 1 AND promoted_in - 1),
            finetuning_id BLOB NOT NULL CHECK (length(finetuning_id) = 12),
            connection_id BLOB NOT NULL CHECK (length(connection_id) = 12),
            model_provider TEXT NOT NULL,
            model_id TEXT NOT NULL,
            prompt_fingerprint TEXT,
            peer_uid INTEGER NOT NULL CHECK (peer_uid >= 0),
            note TEXT,
            at INTEGER NOT NULL,
            PRIMARY KEY (served_model_id, version)
        ) STRICT, WITHOUT ROWID;
        """
}
