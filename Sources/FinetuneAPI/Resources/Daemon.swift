public import Identifiers

/// A sign of life.
public struct Heartbeat: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case nanoseconds = "nanosecond heartbeat"
    }

    /// Nanoseconds since 1970.
    public var nanoseconds: Int

    /// A heartbeat.
    public init(nanoseconds: Int) {
        self.nanoseconds = nanoseconds
    }
}

/// A stream that was ended by another request of its connection.
public struct EndedRequest: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id, ended
    }

    /// The stream's request id.
    public var id: String
    /// True.
    public var ended: Bool

    /// An end.
    public init(id: String) {
        self.id = id
        ended = true
    }
}

/// How the daemon is.
public struct DaemonStatus: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case version
        case uptimeSeconds = "uptime_seconds"
        case role, limits, connections
        case turnedAway = "turned_away"
        case finetunings, providers, storage, budget
        case refusedKeys = "refused_keys"
    }

    /// The daemon's version.
    public var version: String
    /// Seconds since it started.
    public var uptimeSeconds: Double
    /// What the asking peer may do.
    public var role: Role
    /// The protocol's limits, as configured.
    public var limits: Limits
    /// Clients connected now.
    public var connections: Int
    /// Clients that were turned away since it started.
    public var turnedAway: TurnedAwayClients
    /// Finetunings by status.
    public var finetunings: FinetuningCounts
    /// The providers.
    public var providers: [ProviderHealth]
    /// The state on disk.
    public var storage: StorageHealth
    /// What finetunings may cost, and what they have cost.
    public var budget: BudgetStatus
    /// The connections whose own keys their provider refused when they were used last.
    public var refusedKeys: [RefusedKey]

    /// A status.
    public init(
        version: String, uptimeSeconds: Double, role: Role, limits: Limits, connections: Int,
        turnedAway: TurnedAwayClients = TurnedAwayClients(), finetunings: FinetuningCounts,
        providers: [ProviderHealth], storage: StorageHealth, budget: BudgetStatus, refusedKeys: [RefusedKey] = []
    ) {
        self.version = version
        self.uptimeSeconds = uptimeSeconds
        self.role = role
        self.limits = limits
        self.connections = connections
        self.turnedAway = turnedAway
        self.finetunings = finetunings
        self.providers = providers
        self.storage = storage
        self.budget = budget
        self.refusedKeys = refusedKeys
    }
}

/// The protocol's limits.
public struct Limits: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case lineBytes = "line_bytes"
        case nesting
        case requestsInFlight = "requests_in_flight"
        case connections
        case connectionsPerUser = "connections_per_user"
        case unreadBytes = "unread_bytes"
        case unreadBytesForTenSeconds = "unread_bytes_for_10_seconds"
        case requestsPerSecondPerUser = "requests_per_second_per_user"
        case providers
    }

    /// The longest request line.
    public var lineBytes: Int
    /// The deepest nesting of a request.
    public var nesting: Int
    /// The most unanswered requests of one connection.
    public var requestsInFlight: Int
    /// The most connections.
    public var connections: Int
    /// The most connections of one user.
    public var connectionsPerUser: Int
    /// The most output that a connection may leave unread while its client reads nothing.
    public var unreadBytes: Int
    /// The most output that a connection may leave unread for ten seconds.
    public var unreadBytesForTenSeconds: Int
    /// The most requests of one user in a second, over all connections; any number where empty.
    public var requestsPerSecondPerUser: Int?
    /// What all jobs together may take up of each provider.
    public var providers: [ProviderLimits]

    /// Limits.
    public init(
        lineBytes: Int, nesting: Int, requestsInFlight: Int, connections: Int, connectionsPerUser: Int,
        unreadBytes: Int, unreadBytesForTenSeconds: Int, requestsPerSecondPerUser: Int? = nil,
        providers: [ProviderLimits] = []
    ) {
        self.lineBytes = lineBytes
        self.nesting = nesting
        self.requestsInFlight = requestsInFlight
        self.connections = connections
        self.connectionsPerUser = connectionsPerUser
        self.unreadBytes = unreadBytes
        self.unreadBytesForTenSeconds = unreadBytesForTenSeconds
        self.requestsPerSecondPerUser = requestsPerSecondPerUser
        self.providers = providers
    }
}

/// What all jobs together may take up of one provider.
public struct ProviderLimits: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case name
        case requestsPerSecond = "requests_per_second"
        case connections
        case jobsAtATime = "jobs_at_a_time"
    }

    /// The provider's name.
    public var name: String
    /// The most requests that begin in a second.
    public var requestsPerSecond: Int
    /// The most connections to it.
    public var connections: Int
    /// The most jobs that are worked on at a time, however many there are; no database connection has more than three
    /// quarters of them.
    public var jobsAtATime: Int

    /// A provider's limits.
    public init(name: String, requestsPerSecond: Int, connections: Int, jobsAtATime: Int) {
        self.name = name
        self.requestsPerSecond = requestsPerSecond
        self.connections = connections
        self.jobsAtATime = jobsAtATime
    }
}

/// How many finetunings have each status.
public struct FinetuningCounts: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case queued
        case validatingFiles = "validating_files"
        case running, succeeded, failed, cancelled
    }

    /// Waiting, here or at the provider.
    public var queued: Int
    /// Whose files the provider checks.
    public var validatingFiles: Int
    /// Training.
    public var running: Int
    /// Ended with a model.
    public var succeeded: Int
    /// Ended without one.
    public var failed: Int
    /// Ended by their users.
    public var cancelled: Int

    /// Counts.
    public init(queued: Int, validatingFiles: Int, running: Int, succeeded: Int, failed: Int, cancelled: Int) {
        self.queued = queued
        self.validatingFiles = validatingFiles
        self.running = running
        self.succeeded = succeeded
        self.failed = failed
        self.cancelled = cancelled
    }
}

/// How a provider is, as far as the daemon's own calls tell.
public struct ProviderHealth: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case name, state, message
    }

    /// What the last calls found.
    public enum State: String, Codable, Sendable, Hashable, CaseIterable {
        /// Nothing was asked yet.
        case unknown
        /// It answers.
        case healthy
        /// Calls fail now and then.
        case failing
        /// So many calls failed that the daemon pauses before it tries again.
        case paused
        /// It refuses the key.
        case keyRefused = "key_refused"
        /// The daemon has no key for it. Connections with keys of their own do without one.
        case keyMissing = "key_missing"
    }

    /// Its name.
    public var name: String
    /// How it is.
    public var state: State
    /// What it, or the way to it, said last, and what to do.
    public var message: String?

    /// A provider's health.
    public init(name: String, state: State, message: String?) {
        self.name = name
        self.state = state
        self.message = message
    }
}

/// A database connection whose own key its provider refuses.
public struct RefusedKey: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case databaseConnection = "db_connection_id"
        case alias, remedy
    }

    /// The connection.
    public var databaseConnection: ObjectID
    /// Its alias.
    public var alias: String
    /// The command that gives it another key.
    public var remedy: String

    /// A refused key.
    public init(databaseConnection: ObjectID, alias: String, remedy: String) {
        self.databaseConnection = databaseConnection
        self.alias = alias
        self.remedy = remedy
    }
}

/// How the state on disk is.
public struct StorageHealth: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case state, message
    }

    /// Whether writes work.
    public enum State: String, Codable, Sendable, Hashable, CaseIterable {
        case healthy
        case degraded
    }

    /// Whether writes work.
    public var state: State
    /// Why not.
    public var message: String?

    /// The storage's health.
    public init(state: State, message: String?) {
        self.state = state
        self.message = message
    }
}

// MARK: For the OpenAPI document

extension EndedRequest: Refined {
    static let refinements = Dictionary([CodingKeys.ended: .always(true)])
}
