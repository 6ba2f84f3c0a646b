import FinetuneAPI
import Identifiers
import Jobs
import LineTransport
import Store
import TrainingData

/// Answers for the daemon itself.
struct DaemonHandlers: Sendable {
    let settings: DaemonSettings
    let budget: Current<Budget>
    let store: StateStore
    let providers: ProviderRegistry
    let refusedKeys: RefusedKeys
    let started: Timestamp
    let connectionCount: @Sendable () -> Int
    let turnedAway: TurnedAwayLog

    var endpoints: [Endpoint] {
        [
            Routes.heartbeat.answered(immediately: immediateHeartbeat) { _ in Self.heartbeat },
            Routes.status.answered { try await status(for: $0.caller) },
            Routes.openAPI.answered { _ in try OpenAPIDocument(version: settings.version).json },
            // Answered by the connection that the stream belongs to.
            Routes.endRequest.answered { EndedRequest(id: $0.parameter) },
        ]
    }

    private static var heartbeat: Heartbeat {
        Heartbeat(nanoseconds: Int(Timestamp.now.microseconds) * 1_000)
    }

    private func immediateHeartbeat(_ request: IncomingRequest) -> [UInt8]? {
        FailPoint.pass(.heartbeat, .before)
        guard request.query.members.isEmpty, request.body == nil else { return nil }
        let body: JSONValue = ["nanosecond heartbeat": .number(JSONNumber(Self.heartbeat.nanoseconds))]
        return body.bytes
    }

    private func status(for caller: Caller) async throws -> DaemonStatus {
        let uptime = Timestamp.steady.duration(since: started)
        let counts = try await store.finetuningCounts()
        let spending = try await store.spending(of: caller.peer.userID, at: .now)
        return DaemonStatus(
            version: settings.version, uptimeSeconds: (uptime / .milliseconds(1)).rounded(.down) / 1_000,
            role: caller.role, limits: limits, connections: connectionCount(),
            turnedAway: turnedAway.counts, finetunings: FinetuningCounts(counts), providers: providers.wireHealth(),
            storage: Wire.StorageHealth(store.health), budget: BudgetStatus(budget.now, spending),
            refusedKeys: try await refusedKeys.connections().map(RefusedKey.init))
    }
}

extension DaemonHandlers {
    /// What one client may take up, and what all jobs together may of each provider.
    private var limits: Limits {
        var limits = settings.limits
        limits.providers = providers.names.map { name in
            let pacing = settings.pacings[ProviderName(rawValue: name)]
            return ProviderLimits(
                name: name, requestsPerSecond: pacing.requestsPerSecond, connections: pacing.connections,
                jobsAtATime: pacing.jobsAtATime)
        }
        return limits
    }
}

extension RefusedKey {
    fileprivate init(_ connection: TrainingData.DatabaseConnection) {
        self.init(databaseConnection: connection.id, alias: connection.alias, remedy: connection.keyRemedy)
    }
}

extension FinetuningCounts {
    fileprivate init(_ counts: [Jobs.FinetuningStatus: Int]) {
        self.init(
            queued: counts[.queued] ?? 0, validatingFiles: counts[.validatingFiles] ?? 0,
            running: counts[.running] ?? 0, succeeded: counts[.succeeded] ?? 0, failed: counts[.failed] ?? 0,
            cancelled: counts[.cancelled] ?? 0)
    }
}

extension Wire.StorageHealth {
    fileprivate init(_ health: Store.StorageHealth) {
        switch health {
        case .healthy: self.init(state: .healthy, message: nil)
        case .degraded(let reason): self.init(state: .degraded, message: reason)
        }
    }
}
