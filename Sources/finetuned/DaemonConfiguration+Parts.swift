#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
import DaemonCore
import FinetuneAPI
import Jobs
import LineTransport
import Providers
import TrainingData

// The configuration in the words of each part. Nothing is decided here.

extension DaemonSettings {
    /// Throws `StartFailure` for a user or group that the system does not know.
    init(_ configuration: DaemonConfiguration) throws {
        self.init(
            version: Finetuned.version, stateDirectory: configuration.stateDirectory,
            allowedDatabasePaths: configuration.allowedDatabasePaths, access: try AccessPolicy(configuration.access),
            limits: Limits(configuration.limits),
            defaultModel: ProviderModelID(rawValue: configuration.finetunings.defaultModel),
            budget: configuration.budget, pacings: ProviderPacings(configuration))
        keyRemedies = Dictionary(
            uniqueKeysWithValues: configuration.credentials.remedies.map { provider, remedy in
                (ProviderName(rawValue: provider), remedy.description)
            })
        queries = QueryLimits(configuration.queries)
        retention = Retention(
            prompts: .days(configuration.retention.promptDays),
            evaluations: .days(configuration.retention.evaluationDays))
    }
}

extension QueryLimits {
    fileprivate init(_ queries: DaemonConfiguration.Queries) {
        self.init()
        time = queries.time
        rows = queries.rows
        cellBytes = queries.cellBytes
        memoryBytes = Int64(queries.memoryBytes)
    }
}

extension Duration {
    /// So many days; nothing for none, which means for ever.
    fileprivate static func days(_ count: Int) -> Duration? {
        count == 0 ? nil : .seconds(count * 86_400)
    }
}

extension ProviderPacings {
    fileprivate init(_ configuration: DaemonConfiguration) {
        let concurrency = configuration.finetunings.concurrency
        let providers = configuration.providers
        self.init(
            Dictionary(
                uniqueKeysWithValues: providers.names.map { name in
                    (ProviderName(rawValue: name), ProviderPacing(providers[name], concurrency: concurrency))
                }), usual: ProviderPacing(providers.openAI, concurrency: concurrency))
    }
}

extension ProviderPacing {
    fileprivate init(_ provider: DaemonConfiguration.Provider, concurrency: Int) {
        self.init(
            retries: RetryPolicy(
                shortestDelay: provider.retryShortest, longestDelay: provider.retryLongest,
                settleTime: provider.settleTime ?? provider.shortestSettleTime, keyRecheck: provider.keyRecheck),
            polling: PollPolicy(shortestInterval: provider.pollShortest, longestInterval: provider.pollLongest),
            jobsAtATime: concurrency, requestsPerSecond: provider.requestsPerSecond, connections: provider.connections,
            completions: CompletionLimits(
                concurrency: provider.completionConcurrency, waiting: provider.waitingCompletions))
    }
}

extension Limits {
    fileprivate init(_ limits: DaemonConfiguration.Limits) {
        self.init(
            lineBytes: limits.lineBytes, nesting: limits.nesting, requestsInFlight: limits.requestsInFlight,
            connections: limits.connections, connectionsPerUser: limits.connectionsPerUser,
            unreadBytes: limits.unreadBytes, unreadBytesForTenSeconds: limits.unreadBytesFor10Seconds,
            requestsPerSecondPerUser: limits.requestsPerSecondPerUser)
    }
}

extension LineLimits {
    /// The limits that the listener enforces.
    init(_ limits: DaemonConfiguration.Limits) {
        self.init()
        lineBytes = limits.lineBytes
        requestsInFlight = limits.requestsInFlight
        connections = limits.connections
        connectionsPerUser = limits.connectionsPerUser
        unreadBytesHard = limits.unreadBytes
        unreadBytesSoft = limits.unreadBytesFor10Seconds
    }
}

extension AccessPolicy {
    fileprivate init(_ access: DaemonConfiguration.Access) throws {
        let groups = try Self.numbered(access.groups, kind: "group") { getgrnam($0)?.pointee.gr_gid }
        self.init(
            defaultRole: access.defaultRole,
            users: try Self.numbered(access.users, kind: "user") { getpwnam($0)?.pointee.pw_uid }.mapValues(\.role),
            groups: groups.mapValues(\.role), groupNames: groups.mapValues(\.name), daemonUser: geteuid())
    }

    private static func numbered(
        _ roles: [String: Role], kind: String, _ number: (String) -> UInt32?
    ) throws -> [UInt32: (name: String, role: Role)] {
        var numbered: [UInt32: (name: String, role: Role)] = [:]
        for (name, role) in roles {
            guard let id = UInt32(name) ?? number(name) else {
                throw StartFailure(
                    message: "access names the \(kind) \"\(name)\", which this system does not know",
                    remedy: "Correct the name in the configuration, or create the \(kind).", kind: .configuration)
            }
            numbered[id] = (name, role)
        }
        return numbered
    }
}

extension TransportConfiguration {
    /// How requests to a provider leave this host.
    init(_ provider: DaemonConfiguration.Provider) {
        self.init()
        connectTimeout = provider.connectTimeout
        authorities = provider.authorities
        connectionsPerHost = provider.connections
        requestsPerSecond = provider.requestsPerSecond
        userAgent = "finetuned/\(Finetuned.version)"
        switch provider.proxy {
        case .fromEnvironment: proxy = .fromEnvironment
        case .direct: proxy = .none
        case .address(let address): proxy = .address(address)
        }
    }
}

extension TransportConfiguration {
    /// How questions to models leave this host: as many at a time as may be under way, and answers of their size.
    static func asking(_ provider: DaemonConfiguration.Provider) -> TransportConfiguration {
        var configuration = TransportConfiguration(provider)
        configuration.connectionsPerHost = provider.completionConcurrency
        configuration.requestsPerSecond = provider.completionsPerSecond
        configuration.largestAnswer = 4 << 20
        return configuration
    }
}

extension OpenAIConfiguration {
    /// The provider's part of the configuration, and its key.
    init(_ name: String, of configuration: DaemonConfiguration) {
        let provider = configuration.providers[name]
        guard let address = ServiceAddress(provider.baseURL) else {
            preconditionFailure("a base URL is checked as it is read")
        }
        self.init(name: ProviderName(rawValue: name), apiKey: configuration.credentials.keys[name])
        self.address = address
        // What users give a connection as its own key is OpenAI's.
        takesConnectionKeys = name == DaemonConfiguration.Providers.openAIName
        organization = provider.organization
        project = provider.project
        callTimeout = provider.timeout
        uploadTimeout = provider.uploadTimeout
        completionTimeout = provider.completionTimeout
    }
}
