import FinetuneAPI
import Identifiers
import Logging
import ServiceLifecycle
import Store
import Synchronization
import TrainingData

/// Runs the SQL of golden records on their databases, some time after they were added, and stores what came of it.
///
/// An import is answered once its SQL prepares. What is left to be run is in the store, so a restart goes on with it.
/// The thread is this actor's own: queries block it.
package actor RecordRunning {
    /// Small, so that a record that runs long does not keep the verdicts of many others waiting.
    private static let batch = 100
    /// As long as records come in they are not run, because that would slow both; up to a limit.
    private static let quiet = Duration.milliseconds(300)
    private static let longestWait = Duration.seconds(30)
    /// After how long a database is tried again that could not be read.
    private static let retryDelay = Duration.seconds(60)

    package nonisolated let unownedExecutor: UnownedSerialExecutor
    private let store: StateStore
    private let paths: Current<DatabasePathPolicy>
    private let logger: Logger
    private let lastWake = Mutex(ContinuousClock.now)
    private let signals = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    /// Of the databases that could not be read last time. To be read without waiting for the thread.
    private let obstacles = Mutex<[ObjectID: String]>([:])

    init(store: StateStore, paths: Current<DatabasePathPolicy>, worker: Worker, logger: Logger) {
        self.store = store
        self.paths = paths
        self.logger = logger
        unownedExecutor = worker.executor
    }

    /// There may be records to run.
    nonisolated func wake() {
        lastWake.withLock { $0 = .now }
        signals.continuation.yield()
    }

    /// Why the records of a connection could not be run when that was last tried; nothing if they could.
    nonisolated func obstacle(of connection: ObjectID) -> String? {
        obstacles.withLock { $0[connection] }
    }

    /// Works until the service group ends or the task is cancelled.
    package func run() async {
        signals.continuation.yield()
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                for await _ in self.signals.stream {
                    if await self.runAll() { continue }
                    group.addTask { await self.wakeLater() }
                }
                group.cancelAll()
            }
        }
    }

    private nonisolated func wakeLater() async {
        do {
            try await Task.sleep(for: Self.retryDelay)
            signals.continuation.yield()
        } catch {
            logger.trace("the records' runs are stopped")
        }
    }

    /// Runs all that there is to run. `false` if some of it could not be.
    private func runAll() async -> Bool {
        do {
            try await waitForQuiet()
            var ranAll = true
            let connections = try await store.connectionsWithRecordsToRun()
            obstacles.withLock { $0 = $0.filter { connections.contains($0.key) } }
            for connection in connections {
                do {
                    ranAll = try await runRecords(of: connection) && ranAll
                } catch StoreError.notFound {
                    // It was deleted meanwhile, and the others are not kept waiting for it.
                    continue
                }
            }
            return ranAll
        } catch is CancellationError {
            return true
        } catch StoreError.closed {
            return true
        } catch {
            logger.warning("golden records could not be run: \(error)")
            return false
        }
    }

    private func waitForQuiet() async throws {
        let deadline = ContinuousClock.now + Self.longestWait
        while case let quietFrom = lastWake.withLock({ $0 }) + Self.quiet, quietFrom > .now, deadline > .now {
            try await Task.sleep(for: min(quietFrom, deadline) - .now)
        }
    }

    private func runRecords(of id: ObjectID) async throws -> Bool {
        while true {
            try await waitForQuiet()
            // Each time, since it may be given another database while many records run.
            let connection = try await store.connection(id)
            guard let uri = connection.uriToRunOn else {
                try await store.cancelRuns(of: id)
                return true
            }
            let next = try await store.recordsToRun(of: id, limit: Self.batch)
            guard !next.records.isEmpty else {
                try await store.endSweep(of: id)
                return true
            }
            do {
                let verdicts = try await verdicts(on: next.records, uri)
                try await store.store(verdicts, of: id, on: uri, sweep: next.sweep)
                _ = obstacles.withLock { $0.removeValue(forKey: id) }
            } catch let error as QueryFailure where error != .cancelled {
                return keepWaiting(connection, because: error.message)
            } catch let error as APIError {
                return keepWaiting(connection, because: error.message)
            }
        }
    }

    /// The database cannot be read. Others can, so the next one is looked at. A reason is logged when it is new.
    private func keepWaiting(_ connection: TrainingData.DatabaseConnection, because reason: String) -> Bool {
        if obstacles.withLock({ $0.updateValue(reason, forKey: connection.id) }) != reason {
            logger.notice("golden records of \(connection.alias) wait to be run: \(reason)")
        }
        return false
    }

    private func verdicts(on records: [TrainingData.GoldenRecord], _ uri: String) async throws -> [RecordRunVerdict] {
        let cancellation = QueryCancellation()
        return try await withTaskCancellationHandler {
            let database = try QueryDatabase(path: try paths.now.admit(uri))
            return try records.map { record in
                try Task.checkCancellation()
                let (check, run) = try database.judge(record.sql, at: .now, cancellation: cancellation)
                return RecordRunVerdict(record: record.id, sql: record.sql, check: check, run: run)
            }
        } onCancel: {
            cancellation.cancel()
        }
    }
}
