extension StateSchema {
    /// What a model has to show before it takes an alias, what was decided of those that did, and the finetunings whose
    /// models are promoted by themselves. The evaluation that was judged is named without a foreign key: the history
    /// outlives it.
    ///
    /// Golden records marked `must_pass` have an index of their own, so that a gate finds them among a million others.
    static let promotionGates = gates + automaticPromotions

    private static let gates = """
        ALTER TABLE served_models ADD COLUMN minimum_accuracy REAL CHECK (minimum_accuracy BETWEEN 0 AND 1);
        ALTER TABLE served_models ADD COLUMN refuses_loss INTEGER NOT NULL DEFAULT 0 CHECK (refuses_loss IN (0, 1));
        ALTER TABLE served_models ADD COLUMN holds_must_pass INTEGER NOT NULL DEFAULT 0
            CHECK (holds_must_pass IN (0, 1));

        ALTER TABLE served_model_versions ADD COLUMN judged_evaluation_id BLOB
            CHECK (length(judged_evaluation_id) = 12);
        ALTER TABLE served_model_versions ADD COLUMN findings TEXT CHECK (json_type(findings) = 'array')
            CHECK ((judged_evaluation_id IS NULL) = (findings IS NULL));
        ALTER TABLE served_model_versions ADD COLUMN is_forced INTEGER NOT NULL DEFAULT 0 CHECK (is_forced IN (0, 1));

        CREATE INDEX golden_records_must_pass ON golden_records (connection_id, id)
            WHERE CASE WHEN json_valid(metadata) THEN json_type(metadata, '$.must_pass') END = 'true';

        """

    private static let automaticPromotions = """
        CREATE TABLE automatic_promotions (
            finetuning_id BLOB NOT NULL PRIMARY KEY REFERENCES finetunings (id) ON DELETE CASCADE,
            alias TEXT NOT NULL,
            owner_uid INTEGER NOT NULL CHECK (owner_uid >= 0),
            stage TEXT NOT NULL CHECK (stage IN ('waiting', 'evaluating', 'promoted', 'declined')),
            evaluation_id BLOB CHECK (length(evaluation_id) = 12),
            version INTEGER CHECK (version >= 1),
            reason TEXT,
            CHECK (stage <> 'waiting' OR evaluation_id IS NULL),
            CHECK (stage NOT IN ('evaluating', 'promoted') OR evaluation_id IS NOT NULL),
            CHECK ((stage = 'promoted') = (version IS NOT NULL)),
            CHECK ((stage = 'declined') = (reason IS NOT NULL))
        ) STRICT;
        CREATE INDEX automatic_promotions_open ON automatic_promotions (finetuning_id)
            WHERE stage IN ('waiting', 'evaluating');
        CREATE UNIQUE INDEX automatic_promotions_by_evaluation ON automatic_promotions (evaluation_id);
        """
}
