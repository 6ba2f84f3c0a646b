import FinetuneAPI
import Identifiers
import Jobs
import LineTransport
import Store
import TrainingData

/// Runs the SQL of answers on SQLite databases, within limits. Queries have threads of their own: one that takes all
/// of its time keeps nobody waiting but other queries.
struct ExecutionHandlers: Sendable {
    let store: StateStore
    let paths: Current<DatabasePathPolicy>
    let workers: WorkerThreads
    let limits: QueryLimits

    var endpoints: [Endpoint] {
        [
            Routes.executeGeneration.answered { try await execute($0.parameter, $0.query) },
            Routes.generationCSV.streamed { try await csv(of: $0.parameter, $0.query, to: $1) },
        ]
    }

    private static let usualRows = 100
    // A reply of more would be more than a connection may leave unread for a while.
    private static let replyBytes = 1 << 20

    private func execute(_ id: ObjectID, _ wish: ResultQuery) async throws -> FinetuneAPI.QueryResult {
        try await running(id, rows: wish.maximumRows ?? Self.usualRows) { columns, query in
            var result = FinetuneAPI.QueryResult(columns: columns, rows: [], isTruncated: false)
            var byteCount = 0
            while let rows = try await query.nextRows() {
                for row in rows {
                    let row = row.map(\.json)
                    byteCount += JSONValue.array(row).bytes.count
                    guard byteCount <= Self.replyBytes else {
                        result.isTruncated = true
                        return result
                    }
                    result.rows.append(row)
                }
            }
            result.isTruncated = await query.isCut
            return result
        }
    }

    private func csv(of id: ObjectID, _ wish: ResultQuery, to stream: ReplyStream) async throws -> CSVEnd {
        let most = FieldLimits.resultRows.upperBound
        return try await running(id, rows: wish.maximumRows ?? most) { columns, query in
            var text = CSVLine.of(columns.map(CSVLine.field))
            var count = 0
            while let rows = try await query.nextRows() {
                count += rows.count
                for row in rows { text += CSVLine.of(row.map(\.csvField)) }
                try await stream.send(csv: text)
                text = ""
            }
            if !text.isEmpty { try await stream.send(csv: text) }
            return CSVEnd(rows: count, isTruncated: await query.isCut)
        }
    }

    /// Runs an answer's SQL. A caller who goes away ends it.
    private func running<Result: Sendable>(
        _ id: ObjectID, rows: Int, _ read: ([String], RunningQuery) async throws -> Result
    ) async throws -> Result {
        guard FieldLimits.resultRows.contains(rows) else {
            let range = FieldLimits.resultRows
            throw APIError.invalidField("max_rows", "must be from \(range.lowerBound) to \(range.upperBound)")
        }
        let (sql, uri) = try await statement(of: id)
        let query = RunningQuery(worker: workers.next())
        let paths = paths
        var limits = limits
        limits.rows = min(rows, limits.rows)
        return try await withTaskCancellationHandler { [limits] in
            let columns = try await query.begin(sql, on: { try paths.now.admit(uri) }, limits: limits)
            return try await read(columns, query)
        } onCancel: {
            query.cancel()
        }
    }

    private func statement(of id: ObjectID) async throws -> (sql: String, uri: String) {
        let generation = try await store.generation(id)
        guard let sql = generation.outcome.sql else {
            throw APIError.notExecutable("the answer holds no SQL", remedy: "Ask again.", id)
        }
        let connection = try await store.connection(try await store.prompt(generation.prompt).connection)
        guard connection.dialect == .sqlite, let uri = connection.connectionURI else {
            throw APIError.notExecutable(
                "the daemon runs SQL on SQLite databases that it can open, and not on \(connection.dialect.displayName)",
                remedy: "Run the answer's sql yourself, with your own connection to that database.", id)
        }
        return (sql, uri)
    }
}

extension ReplyStream {
    /// Sends some lines, and waits while the client reads slowly, but not for ever: a query that is not read to its end
    /// keeps the database's owner from writing.
    fileprivate func send(csv text: String) async throws {
        do {
            try await send(CSVText(text: text), patiently: false)
        } catch is LineReaderLags {
            throw APIError(
                .streamLagged, "the result was not read for too long",
                remedy: "Ask for it again, and read it as it comes; a result that is to wait belongs into a file.")
        }
    }
}

extension APIError {
    fileprivate static func notExecutable(_ message: String, remedy: String, _ id: ObjectID) -> APIError {
        APIError(.sqlNotExecutable, message, remedy: remedy, detail: ["id": .string(id.description)])
    }

    /// Why a query gave no result.
    init(_ failure: QueryFailure) {
        let code: ErrorCode =
            switch failure {
            case .refused: .sqlNotExecutable
            case .failed, .timedOut, .tooMuchMemory, .cellTooLong: .sqlExecutionFailed
            case .database: .invalidDatabaseConnection
            case .cancelled: .streamEnded
            }
        let reach =
            switch failure {
            case .refused: "the SQL was not run"
            case .failed, .timedOut, .tooMuchMemory, .cellTooLong, .database, .cancelled:
                "the SQL was not run to its end"
            }
        self.init(code, "\(reach): \(failure.message)", remedy: failure.remedy)
    }
}
