extension StateSchema {
    /// Where golden records stand in their lists, so that a page deep in a list of millions is found as fast as the
    /// first one.
    ///
    /// A list is cut into blocks of neighbouring ids, and the records of each are counted: by triggers here, later by
    /// `RecordBlocks` as they are added. The blocks before a page are added up, which are few, and only its own block is
    /// counted through. There is a list of each connection (`scope` is its id) and one of all (`scope` is empty). New
    /// records have the highest ids, so a block that is full is followed by another, and none is ever split. The sum of a scope's blocks is the number of its
    /// records, which makes the table of these numbers superfluous.
    static let recordBlocks =
        """
        CREATE TABLE golden_record_blocks (
            scope BLOB NOT NULL CHECK (length(scope) IN (0, 12)),
            first_id BLOB NOT NULL CHECK (length(first_id) = 12),
            count INTEGER NOT NULL CHECK (count >= 0),
            PRIMARY KEY (scope, first_id)
        ) STRICT, WITHOUT ROWID;

        DROP TRIGGER count_from_zero;
        DROP TRIGGER count_added_record;
        DROP TRIGGER count_removed_record;
        DROP TABLE golden_record_counts;

        """
        + blocks(of: .all) + blocks(of: .connection)

    /// So many that a list of a million has few blocks, and so few that counting through one takes no time.
    static let recordsInBlock = 4_096

    private enum Scope: String {
        case all, connection

        /// The scope of a record, as SQL: of a row of a query, or of a trigger's `NEW` or `OLD`.
        func of(_ row: String) -> String {
            switch self {
            case .all: "x''"
            case .connection: "\(row)connection_id"
            }
        }

        /// What a search among the records of a trigger's row begins with.
        var condition: String {
            switch self {
            case .all: ""
            case .connection: "connection_id = NEW.connection_id AND "
            }
        }
    }

    private static func blocks(of scope: Scope) -> String {
        let (new, old) = (scope.of("NEW."), scope.of("OLD."))
        let oldBlock = """
            scope = \(old) AND first_id = (
                    SELECT max(first_id) FROM golden_record_blocks WHERE scope = \(old) AND first_id <= OLD.id)
            """
        return """
            INSERT INTO golden_record_blocks (scope, first_id, count)
            SELECT scope, min(id), count(*) FROM (
                SELECT \(scope.of("")) AS scope, id,
                    (row_number() OVER (PARTITION BY \(scope.of("")) ORDER BY id) - 1) / \(recordsInBlock) AS block
                FROM golden_records)
            GROUP BY scope, block;

            CREATE TRIGGER block_of_\(scope)_added AFTER INSERT ON golden_records BEGIN
                INSERT INTO golden_record_blocks (scope, first_id, count)
                VALUES (\(new), ifnull((
                    SELECT CASE WHEN count < \(recordsInBlock) OR EXISTS (
                        SELECT 1 FROM golden_records WHERE \(scope.condition)id > NEW.id) THEN first_id END
                    FROM golden_record_blocks WHERE scope = \(new) AND first_id <= NEW.id
                    ORDER BY first_id DESC LIMIT 1), NEW.id), 1)
                ON CONFLICT DO UPDATE SET count = count + 1;
            END;
            CREATE TRIGGER block_of_\(scope)_removed AFTER DELETE ON golden_records BEGIN
                UPDATE golden_record_blocks SET count = count - 1
                WHERE \(oldBlock);
                DELETE FROM golden_record_blocks WHERE count = 0 AND \(oldBlock);
            END;

            """
    }
}
