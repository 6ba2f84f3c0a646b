import FoundationEssentials
import GRDB
import Identifiers
import TrainingData

/// Counts records that a transaction is about to insert, in the blocks of their lists: see `StateSchema.recordBlocks`.
struct RecordBlocks {
    // What is counted in one block at once, so that none gets much larger than it should.
    private static let most = 1_024

    let db: Database

    /// Counts records that are not in the database yet, in the order of their ids.
    func count(_ records: [GoldenRecord]) throws {
        try count(records.map(\.id), in: .all)
        for (connection, records) in Dictionary(grouping: records, by: \.connectionID) {
            try count(records.map(\.id), in: .connection(connection))
        }
    }

    private func count(_ ids: [ObjectID], in list: RecordList) throws {
        var rest = ids[...]
        while let first = rest.first {
            var part = rest.prefix(Self.most)
            if let next = try startOfBlock(after: first, in: list) { part = part.prefix { $0 < next } }
            try add(part.count, from: first, to: list)
            rest = rest.dropFirst(part.count)
        }
    }

    // Records that come later than others may have lower ids, and a block may have begun in between.
    private func startOfBlock(after id: ObjectID, in list: RecordList) throws -> ObjectID? {
        try db.one(
            "SELECT min(first_id) FROM golden_record_blocks WHERE scope = ? AND first_id > ?", [list.scope, id])
    }

    /// Counts them in the last block that begins before them. Another block begins with them if that one is full and
    /// holds no higher id.
    private func add(_ count: Int, from first: ObjectID, to list: RecordList) throws {
        try db.run(
            """
            INSERT INTO golden_record_blocks (scope, first_id, count)
            VALUES (?1, ifnull((
                SELECT CASE WHEN count < \(StateSchema.recordsInBlock)
                    OR EXISTS (SELECT 1 FROM golden_records WHERE \(list.condition)id > ?2) THEN first_id END
                FROM golden_record_blocks WHERE scope = ?1 AND first_id <= ?2 ORDER BY first_id DESC LIMIT 1), ?2), ?3)
            ON CONFLICT DO UPDATE SET count = count + excluded.count
            """, [list.scope, first, count])
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
