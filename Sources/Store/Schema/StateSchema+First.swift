extension StateSchema {
    /// The schema that the first release started with.
    static let first = connections + tables + records + finetunings + history

    private static let connections = """
        CREATE TABLE database_connections (
            id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 12),
            alias TEXT NOT NULL UNIQUE,
            connection_uri TEXT,
            dialect TEXT NOT NULL,
            schemas TEXT NOT NULL CHECK (json_type(schemas) = 'array'),
            api_key_ciphertext BLOB,
            api_key_hint TEXT,
            metadata TEXT,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            CHECK ((api_key_ciphertext IS NULL) = (api_key_hint IS NULL))
        ) STRICT;

        """

    private static let tables = """
        CREATE TABLE table_descriptions (
            id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 12),
            connection_id BLOB NOT NULL REFERENCES database_connections (id) ON DELETE CASCADE,
            schema_name TEXT,
            table_name TEXT NOT NULL,
            table_schema TEXT NOT NULL,
            description TEXT,
            columns TEXT NOT NULL CHECK (json_type(columns) = 'array'),
            sample_rows TEXT NOT NULL CHECK (json_type(sample_rows) = 'array'),
            status TEXT NOT NULL CHECK (status IN ('not_scanned', 'scanned', 'deprecated')),
            metadata TEXT,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX table_descriptions_by_name
            ON table_descriptions (connection_id, ifnull(schema_name, ''), table_name);
        CREATE INDEX table_descriptions_by_connection ON table_descriptions (connection_id, id);

        """

    // Counting a million index entries at every page of a list would take longer than everything else about it,
    // so the number of records is kept, by triggers, in a table of its own.
    private static let records = """
        CREATE TABLE golden_records (
            id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 12),
            connection_id BLOB NOT NULL REFERENCES database_connections (id) ON DELETE RESTRICT,
            prompt_text TEXT NOT NULL,
            sql TEXT NOT NULL,
            metadata TEXT,
            check_status TEXT NOT NULL CHECK (check_status IN ('valid', 'invalid', 'unchecked')),
            check_reason TEXT,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            CHECK ((check_status = 'valid') = (check_reason IS NULL))
        ) STRICT;
        CREATE INDEX golden_records_by_connection ON golden_records (connection_id, id);

        CREATE TABLE golden_record_counts (
            connection_id BLOB NOT NULL PRIMARY KEY REFERENCES database_connections (id) ON DELETE CASCADE,
            count INTEGER NOT NULL CHECK (count >= 0)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER count_from_zero AFTER INSERT ON database_connections BEGIN
            INSERT INTO golden_record_counts (connection_id, count) VALUES (NEW.id, 0);
        END;
        CREATE TRIGGER count_added_record AFTER INSERT ON golden_records BEGIN
            UPDATE golden_record_counts SET count = count + 1 WHERE connection_id = NEW.connection_id;
        END;
        CREATE TRIGGER count_removed_record AFTER DELETE ON golden_records BEGIN
            UPDATE golden_record_counts SET count = count - 1 WHERE connection_id = OLD.connection_id;
        END;

        """

    // What each stage of a job has, and has not yet, is spelt out once more in the CHECKs. The records of a
    // finetuning refer to golden records by id without a foreign key: they outlive them.
    private static let finetunings = """
        CREATE TABLE finetunings (
            id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 12),
            alias TEXT NOT NULL UNIQUE,
            connection_id BLOB NOT NULL REFERENCES database_connections (id) ON DELETE RESTRICT,
            model_provider TEXT NOT NULL,
            model_name TEXT NOT NULL,
            n_epochs ANY CHECK (n_epochs = 'auto' OR typeof(n_epochs) IN ('integer', 'null')),
            batch_size ANY CHECK (batch_size = 'auto' OR typeof(batch_size) IN ('integer', 'null')),
            learning_rate_multiplier ANY CHECK (
                learning_rate_multiplier = 'auto' OR typeof(learning_rate_multiplier) IN ('real', 'null')),
            schemas TEXT NOT NULL CHECK (json_type(schemas) = 'array'),
            metadata TEXT,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            stage TEXT NOT NULL CHECK (stage IN (
                'recorded', 'built', 'uploading', 'processing', 'ready', 'submitting', 'submitted', 'ended')),
            dataset_path TEXT,
            dataset_bytes INTEGER CHECK (dataset_bytes >= 0),
            dataset_examples INTEGER CHECK (dataset_examples >= 0),
            dataset_sha256 TEXT CHECK (length(dataset_sha256) = 64),
            provider_file_id TEXT,
            provider_job_id TEXT,
            remote_phase TEXT CHECK (remote_phase IN ('validating_files', 'queued', 'running')),
            outcome TEXT CHECK (outcome IN ('succeeded', 'failed', 'cancelled')),
            model_id TEXT,
            failure_code TEXT,
            failure_message TEXT,
            cancellation TEXT NOT NULL CHECK (cancellation IN ('none', 'requested', 'delivered')),
            failed_tries INTEGER NOT NULL CHECK (failed_tries >= 0),
            not_before INTEGER,
            obstacle TEXT CHECK (obstacle IN ('fault', 'key')),
            obstacle_reason TEXT,
            unknown_status TEXT,
            status TEXT NOT NULL GENERATED ALWAYS AS (
                CASE stage WHEN 'ended' THEN outcome WHEN 'submitted' THEN remote_phase ELSE 'queued' END) STORED,
            CHECK ((dataset_path IS NULL) = (dataset_bytes IS NULL)
                AND (dataset_path IS NULL) = (dataset_examples IS NULL)
                AND (dataset_path IS NULL) = (dataset_sha256 IS NULL)),
            CHECK (stage = 'ended' OR (stage = 'recorded') = (dataset_path IS NULL)),
            CHECK (stage = 'ended'
                OR (stage IN ('recorded', 'built', 'uploading')) = (provider_file_id IS NULL)),
            CHECK (stage = 'ended' OR (stage = 'submitted') = (provider_job_id IS NOT NULL)),
            CHECK ((stage = 'submitted') = (remote_phase IS NOT NULL)),
            CHECK ((stage = 'ended') = (outcome IS NOT NULL)),
            CHECK ((outcome IS 'succeeded') = (model_id IS NOT NULL)),
            CHECK ((outcome IS 'failed') = (failure_code IS NOT NULL)),
            CHECK ((outcome IS 'failed') = (failure_message IS NOT NULL)),
            CHECK ((obstacle IS NULL) = (obstacle_reason IS NULL))
        ) STRICT;
        CREATE INDEX finetunings_by_connection ON finetunings (connection_id, id);
        CREATE INDEX finetunings_by_status ON finetunings (status, id);
        CREATE INDEX finetunings_unfinished ON finetunings (id) WHERE stage <> 'ended';

        CREATE TABLE finetuning_golden_records (
            finetuning_id BLOB NOT NULL REFERENCES finetunings (id) ON DELETE CASCADE,
            position INTEGER NOT NULL CHECK (position >= 0),
            golden_record_id BLOB NOT NULL CHECK (length(golden_record_id) = 12),
            PRIMARY KEY (finetuning_id, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX finetunings_by_golden_record ON finetuning_golden_records (golden_record_id, finetuning_id);

        """

    // An event has two numbers: `position` among all events, never used again, and `sequence` among those of its
    // finetuning, without gaps.
    private static let history = """
        CREATE TABLE finetuning_events (
            position INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            finetuning_id BLOB NOT NULL REFERENCES finetunings (id) ON DELETE CASCADE,
            sequence INTEGER NOT NULL CHECK (sequence >= 1),
            at INTEGER NOT NULL,
            name TEXT NOT NULL,
            level TEXT NOT NULL CHECK (level IN ('info', 'warning', 'error')),
            message TEXT NOT NULL,
            detail TEXT NOT NULL CHECK (json_type(detail) = 'object'),
            provider_event_id TEXT,
            UNIQUE (finetuning_id, sequence)
        ) STRICT;
        CREATE UNIQUE INDEX finetuning_events_of_provider ON finetuning_events (finetuning_id, provider_event_id)
            WHERE provider_event_id IS NOT NULL;

        CREATE TABLE finetuning_checkpoints (
            finetuning_id BLOB NOT NULL REFERENCES finetunings (id) ON DELETE CASCADE,
            step INTEGER NOT NULL,
            checkpoint_id TEXT NOT NULL,
            at INTEGER NOT NULL,
            model TEXT,
            metrics TEXT NOT NULL CHECK (json_type(metrics) = 'object'),
            PRIMARY KEY (finetuning_id, step, checkpoint_id)
        ) STRICT, WITHOUT ROWID;
        """
}
