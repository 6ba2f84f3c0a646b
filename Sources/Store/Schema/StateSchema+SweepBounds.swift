extension StateSchema {
    /// The last record that is to run again in a sweep: those that are added later run by themselves. NULL of a sweep
    /// that was begun before there was such a bound.
    static let sweepBounds = """
        ALTER TABLE record_sweeps ADD COLUMN last_id BLOB CHECK (length(last_id) = 12);
        """
}
