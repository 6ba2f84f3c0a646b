extension StateSchema {
    /// Evaluations, the golden records that they ask as these were, the answers as they come, and what happened.
    ///
    /// What has no answer is what is still to be asked: there is no other record of how far an evaluation is.
    static let evaluations = evaluationOrders + evaluationAnswers

    private static let evaluationOrders = """
        CREATE TABLE evaluations (
            id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 12),
            finetuning_id BLOB NOT NULL REFERENCES finetunings (id) ON DELETE CASCADE,
            connection_id BLOB NOT NULL REFERENCES database_connections (id) ON DELETE RESTRICT,
            candidate_provider TEXT NOT NULL,
            candidate_model TEXT NOT NULL,
            baseline_provider TEXT,
            baseline_model TEXT,
            alias TEXT,
            token_limit INTEGER CHECK (token_limit > 0),
            question_count INTEGER NOT NULL CHECK (question_count > 0),
            metadata TEXT,
            owner_uid INTEGER NOT NULL CHECK (owner_uid >= 0),
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
            obstacle TEXT CHECK (obstacle IS NULL OR status = 'running'),
            failure_reason TEXT,
            answer_count INTEGER NOT NULL DEFAULT 0 CHECK (answer_count >= 0),
            token_count INTEGER NOT NULL DEFAULT 0 CHECK (token_count >= 0),
            CHECK ((baseline_provider IS NULL) = (baseline_model IS NULL)),
            CHECK ((status = 'failed') = (failure_reason IS NOT NULL)),
            CHECK (answer_count <= question_count * (1 + (baseline_model IS NOT NULL))),
            CHECK (status <> 'queued' OR answer_count = 0),
            CHECK (status <> 'succeeded' OR answer_count = question_count * (1 + (baseline_model IS NOT NULL)))
        ) STRICT;
        CREATE INDEX evaluations_by_finetuning ON evaluations (finetuning_id, id);
        CREATE INDEX evaluations_by_connection ON evaluations (connection_id);
        CREATE INDEX evaluations_unfinished ON evaluations (id) WHERE status IN ('queued', 'running');

        CREATE TABLE evaluation_questions (
            evaluation_id BLOB NOT NULL REFERENCES evaluations (id) ON DELETE CASCADE,
            position INTEGER NOT NULL CHECK (position >= 0),
            golden_record_id BLOB NOT NULL CHECK (length(golden_record_id) = 12),
            question TEXT NOT NULL,
            golden_sql TEXT NOT NULL,
            was_trained_on INTEGER NOT NULL CHECK (was_trained_on IN (0, 1)),
            must_pass INTEGER NOT NULL CHECK (must_pass IN (0, 1)),
            PRIMARY KEY (evaluation_id, position)
        ) STRICT, WITHOUT ROWID;

        """

    private static let evaluationAnswers = """
        CREATE TABLE evaluation_answers (
            evaluation_id BLOB NOT NULL,
            position INTEGER NOT NULL,
            contestant TEXT NOT NULL CHECK (contestant IN ('candidate', 'baseline')),
            sql TEXT,
            verdict TEXT NOT NULL CHECK (
                verdict IN ('correct', 'different', 'invalid', 'failed', 'unanswered', 'unjudged')),
            reason TEXT,
            is_exact_match INTEGER NOT NULL CHECK (is_exact_match IN (0, 1)),
            prompt_tokens INTEGER CHECK (prompt_tokens >= 0),
            answer_tokens INTEGER CHECK (answer_tokens >= 0),
            milliseconds INTEGER NOT NULL CHECK (milliseconds >= 0),
            at INTEGER NOT NULL,
            PRIMARY KEY (evaluation_id, position, contestant),
            FOREIGN KEY (evaluation_id, position) REFERENCES evaluation_questions (evaluation_id, position)
                ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE evaluation_events (
            evaluation_id BLOB NOT NULL REFERENCES evaluations (id) ON DELETE CASCADE,
            sequence INTEGER NOT NULL CHECK (sequence >= 1),
            at INTEGER NOT NULL,
            name TEXT NOT NULL,
            level TEXT NOT NULL CHECK (level IN ('info', 'warning', 'error')),
            message TEXT NOT NULL,
            detail TEXT NOT NULL CHECK (json_type(detail) = 'object'),
            PRIMARY KEY (evaluation_id, sequence)
        ) STRICT, WITHOUT ROWID;
        """
}
