extension StateSchema {
    /// Records that are added are counted by `RecordBlocks` from now on, all those of a transaction at once. A trigger
    /// does it row by row, and has SQLite copy each page that the statement may have to undo: the two of them took more
    /// than half of what it takes to insert a record. Deletions, which are few, still have theirs.
    static let recordsCountedTogether = """
        DROP TRIGGER block_of_all_added;
        DROP TRIGGER block_of_connection_added;
        """
}
