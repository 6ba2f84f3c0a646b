extension StateSchema {
    /// When the daemon last proved that it can write: one row.
    static let signOfLife = """
        CREATE TABLE sign_of_life (
            id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
            at INTEGER NOT NULL
        ) STRICT;
        """
}
