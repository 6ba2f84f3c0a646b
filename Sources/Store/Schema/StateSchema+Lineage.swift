extension StateSchema {
    /// What training files are made with, and which values of a database may leave the host.
    ///
    /// Jobs from before get what the catalogue said of their models then; of their files nothing was kept.
    static let lineage = """
        ALTER TABLE database_connections ADD COLUMN redaction TEXT NOT NULL DEFAULT 'masked'
            CHECK (redaction IN ('none', 'masked', 'full'));

        ALTER TABLE finetunings ADD COLUMN catalogue_date TEXT NOT NULL DEFAULT '1970-01-01'
            CHECK (length(catalogue_date) = 10);
        ALTER TABLE finetunings ADD COLUMN vocabulary TEXT NOT NULL DEFAULT 'o200k_base'
            CHECK (vocabulary IN ('cl100k_base', 'o200k_base'));
        ALTER TABLE finetunings ADD COLUMN tokens_per_example INTEGER NOT NULL DEFAULT 65536
            CHECK (tokens_per_example > 0);
        ALTER TABLE finetunings ADD COLUMN seed INTEGER NOT NULL DEFAULT 0 CHECK (seed BETWEEN 0 AND 2147483647);
        UPDATE finetunings SET vocabulary = 'cl100k_base', tokens_per_example =
                CASE WHEN model_name LIKE 'gpt-3.5-turbo-0613' THEN 4096 WHEN model_name LIKE 'gpt-3.5%' THEN 16385
                    ELSE 8192 END
            WHERE model_name LIKE 'gpt-3.5%' OR model_name IN ('gpt-4', 'gpt-4-0613');

        ALTER TABLE finetunings ADD COLUMN dataset_tokens INTEGER
            CHECK (dataset_tokens IS NULL OR (dataset_tokens >= 0 AND dataset_path IS NOT NULL));
        ALTER TABLE finetunings ADD COLUMN serialiser_version INTEGER
            CHECK ((serialiser_version IS NULL) = (dataset_tokens IS NULL));
        ALTER TABLE finetunings ADD COLUMN schema_fingerprint TEXT
            CHECK ((schema_fingerprint IS NULL) = (dataset_tokens IS NULL) AND length(schema_fingerprint) = 64);
        ALTER TABLE finetunings ADD COLUMN dataset_redaction TEXT
            CHECK ((dataset_redaction IS NULL) = (dataset_tokens IS NULL)
                AND dataset_redaction IN ('none', 'masked', 'full'));
        """
}
