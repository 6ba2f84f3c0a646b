extension StateSchema {
    /// The last versions of aliases that were removed before such versions were kept, as far as what they answered tells:
    /// no answer of one that is made anew is to be taken for one of theirs.
    static let versionsBeforeRemoval = """
        INSERT INTO removed_models (alias, version)
            SELECT model_alias, max(model_version) FROM sql_generations
            WHERE model_version >= 1 AND model_alias NOT IN (SELECT alias FROM served_models)
            GROUP BY model_alias
        ON CONFLICT (alias) DO UPDATE SET version = max(version, excluded.version);
        """
}
