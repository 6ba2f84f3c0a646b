extension StateSchema {
    /// Records that are held out from a finetuning's training, and the validation file that is made of them. They
    /// are kept without a foreign key to the records, as those that are trained on: they outlive them.
    ///
    /// A validation file on its way leaves `stage` at `processing`, so that the checks of the first schema hold.
    static let heldOut = """
        CREATE TABLE finetuning_held_out_records (
            finetuning_id BLOB NOT NULL REFERENCES finetunings (id) ON DELETE CASCADE,
            position INTEGER NOT NULL CHECK (position >= 0),
            golden_record_id BLOB NOT NULL CHECK (length(golden_record_id) = 12),
            PRIMARY KEY (finetuning_id, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX finetunings_by_held_out_record
            ON finetuning_held_out_records (golden_record_id, finetuning_id);

        ALTER TABLE finetunings ADD COLUMN held_out_fraction REAL
            CHECK (held_out_fraction > 0 AND held_out_fraction < 1);
        ALTER TABLE finetunings ADD COLUMN validation_path TEXT;
        ALTER TABLE finetunings ADD COLUMN validation_bytes INTEGER CHECK (validation_bytes >= 0);
        ALTER TABLE finetunings ADD COLUMN validation_examples INTEGER CHECK (validation_examples >= 0);
        ALTER TABLE finetunings ADD COLUMN validation_sha256 TEXT CHECK (length(validation_sha256) = 64)
            CHECK ((validation_path IS NULL) = (validation_bytes IS NULL)
                AND (validation_path IS NULL) = (validation_examples IS NULL)
                AND (validation_path IS NULL) = (validation_sha256 IS NULL))
            CHECK (validation_path IS NULL OR dataset_path IS NOT NULL);
        ALTER TABLE finetunings ADD COLUMN validation_stage TEXT
            CHECK (validation_stage IN ('built', 'uploading', 'processing'))
            CHECK (validation_stage IS NULL OR (stage = 'processing' AND validation_path IS NOT NULL));
        ALTER TABLE finetunings ADD COLUMN provider_validation_file_id TEXT
            CHECK (stage = 'ended' OR (provider_validation_file_id IS NOT NULL)
                = (validation_path IS NOT NULL
                    AND (validation_stage IS 'processing' OR stage IN ('ready', 'submitting', 'submitted'))));
        ALTER TABLE finetunings ADD COLUMN trained_tokens INTEGER CHECK (trained_tokens >= 0);
        """
}
