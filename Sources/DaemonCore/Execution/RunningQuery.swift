import TrainingData

/// A query on a user's database, run batch by batch on a thread that may wait.
actor RunningQuery {
    // So that a batch of the longest values still fits the output that a connection may leave unread.
    private static let batchBytes = 64 << 10
    private static let batchRows = 500

    nonisolated let unownedExecutor: UnownedSerialExecutor
    private let cancellation = QueryCancellation()
    private var query: Query?

    init(worker: Worker) {
        unownedExecutor = worker.executor
    }

    /// Opens the database and prepares the query; returns the names of its columns. Throws `QueryFailure`, and what
    /// `path` throws.
    func begin(_ sql: String, on path: @Sendable () throws -> String, limits: QueryLimits) throws -> [String] {
        let query = try QueryDatabase(path: try path(), limits: limits).query(sql, cancellation: cancellation)
        self.query = query
        return query.columns
    }

    /// Some further rows; nothing after the last. Throws `QueryFailure`.
    func nextRows() throws -> [[QueryValue]]? {
        var rows: [[QueryValue]] = []
        var byteCount = 0
        while rows.count < Self.batchRows, byteCount < Self.batchBytes, let row = try query?.next() {
            byteCount += row.reduce(0) { $0 + $1.byteCount }
            rows.append(row)
        }
        return rows.isEmpty ? nil : rows
    }

    /// Whether the database has more rows than the limit.
    var isCut: Bool { query?.isCut ?? false }

    /// Ends the query, wherever it is. Any thread may.
    nonisolated func cancel() {
        cancellation.cancel()
    }
}

extension QueryValue {
    fileprivate var byteCount: Int {
        switch self {
        case .null, .integer, .real: 8
        case .text(let text): text.utf8.count
        case .blob(let bytes): bytes.count * 2
        }
    }
}
