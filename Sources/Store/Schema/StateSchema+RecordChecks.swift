extension StateSchema {
    /// The same checks of golden records as before, without lists of more than two words. SQLite makes a table in memory
    /// of such a list, fills it, searches it and drops it, for each row that is inserted: that took as long as the row's
    /// six indexes.
    ///
    /// A check can be changed in the text of its table alone: https://www.sqlite.org/lang_altertable.html#otheralter.
    /// No row has to be looked at, as those that passed still pass.
    static let recordChecksWithoutLists = """
        PRAGMA writable_schema = ON;
        UPDATE sqlite_schema SET sql = replace(replace(sql,
            'CHECK (check_status IN (''valid'', ''invalid'', ''unchecked''))',
            'CHECK (check_status = ''valid'' OR check_status = ''invalid'' OR check_status = ''unchecked'')'),
            'run_outcome IN (''rows'', ''empty'', ''too_many_rows'', ''failed'', ''schema_drift'', ''gave_up'')',
            'run_outcome IS NULL OR run_outcome = ''rows'' OR run_outcome = ''empty'' OR run_outcome = ''too_many_rows''
            OR run_outcome = ''failed'' OR run_outcome = ''schema_drift'' OR run_outcome = ''gave_up''')
        WHERE type = 'table' AND name = 'golden_records';
        PRAGMA writable_schema = RESET;
        """
}
