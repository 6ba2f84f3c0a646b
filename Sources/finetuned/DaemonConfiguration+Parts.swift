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

// The configuration in the words of each part. Nothing is decided here.

extension DaemonSettings {
    /// Throws `StartFailure` for a user or group that the system does not know.
    init(_ configuration: DaemonConfiguration) throws {
        let openAI = configuration.providers.openAI
        self.init(
            version: Finetuned.version, stateDirectory: configuration.stateDirectory,
            allowedDatabasePaths: configuration.allowedDatabasePaths, access: try AccessPolicy(configuration.access),
            limits: Limits(configuration.limits), defaultModel: configuration.finetunings.defaultModel,
            budget: configuration.budget, concurrency: configuration.finetunings.concurrency,
            retries: RetryPolicy(
                shortestDelay: openAI.retryShortest, longestDelay: openAI.retryLongest, settleTime: openAI.settleTime,
                keyRecheck: openAI.keyRecheck),
            polling: PollPolicy(shortestInterval: openAI.pollShortest, longestInterval: openAI.pollLongest),
            completions: CompletionLimits(
                concurrency: openAI.completionConcurrency, waiting: openAI.waitingCompletions))
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
                    remedy: "Correct the name in the configuration, or create the \(kind).", exitCode: EX_CONFIG)
            }
            numbered[id] = (name, role)
        }
        return numbered
    }
}

extension TransportConfiguration {
    /// How requests to OpenAI leave this host.
    init(_ openAI: DaemonConfiguration.OpenAI) {
        self.init()
        connectTimeout = openAI.connectTimeout
        authorities = openAI.authorities
        userAgent = "finetuned/\(Finetuned.version)"
        switch openAI.proxy {
        case .fromEnvironment: proxy = .fromEnvironment
        case .direct: proxy = .none
        case .address(let address): proxy = .address(address)
        }
    }
}

extension TransportConfiguration {
    /// How questions to models leave this host: as many at a time as may be under way, and answers of their size.
    static func asking(_ openAI: DaemonConfiguration.OpenAI) -> TransportConfiguration {
        var configuration = TransportConfiguration(openAI)
        configuration.connectionsPerHost = openAI.completionConcurrency
        configuration.largestAnswer = 4 << 20
        return configuration
    }
}

extension OpenAIConfiguration {
    /// Throws `StartFailure` for a base URL that is none.
    init(_ configuration: DaemonConfiguration) throws {
        let openAI = configuration.providers.openAI
        guard let address = ServiceAddress(openAI.baseURL) else {
            throw StartFailure(
                message: "providers.openai.base_url is no http or https URL: \(openAI.baseURL)",
                remedy: "Write it like https://api.openai.com/v1.", exitCode: EX_CONFIG)
        }
        self.init(apiKey: configuration.credentials.openAIKey)
        self.address = address
        organization = openAI.organization
        project = openAI.project
        callTimeout = openAI.timeout
        uploadTimeout = openAI.uploadTimeout
        completionTimeout = openAI.completionTimeout
        requestsPerSecond = openAI.requestsPerSecond
        completionsPerSecond = openAI.completionsPerSecond
    }
}
