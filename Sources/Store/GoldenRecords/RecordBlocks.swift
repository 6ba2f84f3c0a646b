import FoundationEssentials
import GRDB
import Identifiers
import TrainingData

/// Counts records that a transaction has added, in the blocks of their lists: see `StateSchema.recordBlocks`.
struct RecordBlocks {
    // What is counted in one block at once, so that none gets much larger than it should.
    private static let most = 1_024

    let db: Database

    /// Counts records that were inserted, and are in the order of their ids.
    func count(_ records: [GoldenRecord]) throws {
        try count(records.map(\.id), in: .all)
        for (connection, records) in Dictionary(grouping: records, by: \.connectionID) {
            try count(records.map(\.id), in: .connection(connection))
        }
    }

    private func count(_ ids: [ObjectID], in list: RecordList) throws {
        for start in stride(from: 0, to: ids.count, by: Self.most) {
            let part = ids[start..<min(start + Self.most, ids.count)]
            if try isInOneBlock(part, of: list) {
                try add(part, before: ids.count - start, to: list)
            } else {
                for place in part.indices {
                    try add(part[place...place], before: ids.count - place, to: list)
                }
            }
        }
    }

    // Records that come later than others may have lower ids, and a block may have begun in between.
    private func isInOneBlock(_ ids: ArraySlice<ObjectID>, of list: RecordList) throws -> Bool {
        guard ids.count > 1 else { return true }
        return try !db.exists(
            "SELECT 1 FROM golden_record_blocks WHERE scope = ? AND first_id > ? AND first_id <= ?",
            [list.scope, ids.first, ids.last])
    }

    /// Counts them in the last block that begins before them. Another block begins with them if that one is full and
    /// holds no higher id: if no more records follow than the `remaining`, themselves among them, that are counted now.
    private func add(_ ids: ArraySlice<ObjectID>, before remaining: Int, to list: RecordList) throws {
        try db.run(
            """
            INSERT INTO golden_record_blocks (scope, first_id, count)
            VALUES (?1, ifnull((
                SELECT CASE WHEN count < \(StateSchema.recordsInBlock) OR (
                    SELECT count(*) FROM (SELECT 1 FROM golden_records WHERE \(list.condition)id >= ?2 LIMIT ?4 + 1)) > ?4
                    THEN first_id END
                FROM golden_record_blocks WHERE scope = ?1 AND first_id <= ?2 ORDER BY first_id DESC LIMIT 1), ?2), ?3)
            ON CONFLICT DO UPDATE SET count = count + excluded.count
            """, [list.scope, ids.first, ids.count, remaining])
    }
}

/// A list of golden records that is cut into blocks.
enum RecordList {
    case all
    case connection(ObjectID)

    /// The list of a connection, or of all.
    init(of connection: ObjectID?) {
        self = connection.map { .connection($0) } ?? .all
    }

    /// What its blocks are stored under.
    var scope: DatabaseValue {
        switch self {
        case .all: Data().databaseValue
        case .connection(let id): id.databaseValue
        }
    }

    /// What a search among its records begins with, where `?1` is the scope.
    fileprivate var condition: String {
        switch self {
        case .all: ""
        case .connection: "connection_id = ?1 AND "
        }
    }
}
