extension StateSchema {
    /// The last version of each alias that was removed: one of the same name goes on from there, so that whoever
    /// remembers a version never meets it again with another model.
    static let removedModels = """
        CREATE TABLE removed_models (
            alias TEXT NOT NULL PRIMARY KEY,
            version INTEGER NOT NULL CHECK (version >= 1)
        ) STRICT, WITHOUT ROWID;
        """
}
