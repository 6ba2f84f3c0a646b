extension StateSchema {
    /// Questions, and the SQL that answered them. They go with the database that they are about; the finetunings that
    /// answered are named without a foreign key, since answers outlive them.
    static let asking = """
        CREATE TABLE prompts (
            id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 12),
            connection_id BLOB NOT NULL REFERENCES database_connections (id) ON DELETE CASCADE,
            text TEXT NOT NULL,
            schemas TEXT NOT NULL CHECK (json_type(schemas) = 'array'),
            metadata TEXT,
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX prompts_by_connection ON prompts (connection_id, id);

        CREATE TABLE sql_generations (
            id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 12),
            prompt_id BLOB NOT NULL REFERENCES prompts (id) ON DELETE CASCADE,
            model_provider TEXT,
            model_name TEXT,
            finetuning_id BLOB CHECK (length(finetuning_id) = 12),
            model_alias TEXT,
            model_version INTEGER,
            sql TEXT,
            status TEXT NOT NULL CHECK (status IN ('valid', 'invalid', 'unchecked')),
            error TEXT,
            tokens INTEGER CHECK (tokens >= 0),
            confidence REAL CHECK (confidence BETWEEN 0 AND 1),
            measures_confidence INTEGER NOT NULL CHECK (measures_confidence IN (0, 1)),
            steps TEXT NOT NULL CHECK (json_type(steps) = 'array'),
            metadata TEXT,
            created_at INTEGER NOT NULL,
            completed_at INTEGER NOT NULL,
            CHECK ((model_provider IS NULL) = (model_name IS NULL)),
            CHECK (model_name IS NOT NULL OR (finetuning_id IS NULL AND model_alias IS NULL)),
            CHECK ((model_alias IS NULL) = (model_version IS NULL)),
            CHECK ((status = 'valid') = (error IS NULL)),
            CHECK (status = 'invalid' OR sql IS NOT NULL)
        ) STRICT;
        CREATE INDEX sql_generations_by_prompt ON sql_generations (prompt_id, id);
        """
}
