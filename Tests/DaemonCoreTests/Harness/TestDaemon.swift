import Glibc
import Identifiers
import Jobs
import LineTransport
import Logging
import Store
import Testing
import TrainingData

@testable import DaemonCore
@testable import FinetuneAPI

/// All of a daemon but its configuration, on a socket of its own, with a client that is connected to it.
final class TestDaemon: Sendable {
    let workplace: Workplace
    let provider: ScriptedProvider
    let store: StateStore
    let core: Daemon
    let listener: LineListener
    let client: FinetuneClient
    let log: CapturedLog
    private let scheduling: Task<Void, any Error>?
    private let running: Task<Void, Never>?

    private init(
        workplace: Workplace, provider: ScriptedProvider, store: StateStore, core: Daemon, listener: LineListener,
        client: FinetuneClient, log: CapturedLog, scheduling: Task<Void, any Error>?,
        running: Task<Void, Never>?
    ) {
        self.workplace = workplace
        self.provider = provider
        self.store = store
        self.core = core
        self.listener = listener
        self.client = client
        self.log = log
        self.scheduling = scheduling
        self.running = running
    }

    static func start(at workplace: Workplace, _ provider: ScriptedProvider, _ setup: Setup) async throws -> TestDaemon
    {
        let log = CapturedLog()
        let store = try await StateStore.open(directory: workplace.stateDirectory)
        let core = Daemon(
            settings: setup.settings(at: workplace), store: store,
            secrets: try await SecretBox.open(directory: workplace.stateDirectory),
            providers: ProviderRegistry([provider] + [setup.otherProvider].compactMap(\.self)), catalogue: .oneModel,
            newestID: try await store.newestID(),
            logger: log.logger, connectionCount: { 1 })
        let listener = try await LineListener.start(
            on: .path(workplace.socketPath), service: setup.service(core), limits: setup.lineLimits)
        return TestDaemon(
            workplace: workplace, provider: provider, store: store, core: core, listener: listener,
            client: try await FinetuneClient.connect(toUnixSocket: workplace.socketPath), log: log,
            scheduling: setup.worksOnJobs ? Task { try await core.work() } : nil,
            running: setup.runsRecords ? Task { await core.recordRuns.run() } : nil)
    }

    /// Ends it the way the daemon's services end: the socket first, then the work on jobs, then the state.
    func stop() async throws {
        core.endStreams()
        await client.close()
        try await listener.shutdown(within: .seconds(5))
        scheduling?.cancel()
        try await scheduling?.value
        running?.cancel()
        await running?.value
        try await core.shutdown()
        try await store.close()
    }
}

extension Daemon {
    /// Works on jobs and on evaluations, until the task is cancelled.
    fileprivate func work() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { await self.evaluations.run() }
            group.addTask { await self.promoter.run() }
            try await self.scheduler.run()
            group.cancelAll()
        }
    }
}

/// How a test's daemon differs from the usual one.
struct Setup: Sendable {
    var worksOnJobs = true
    /// Whether golden SQL is run, which takes records out of training that give nothing on the test's database.
    var runsRecords = false
    var keyRecheck = Duration.seconds(10_000)
    var missingTime = Duration.milliseconds(20)
    var completions = CompletionLimits(concurrency: 4, waiting: 64)
    var queries = QueryLimits.unboundedRows
    var lineLimits = LineLimits()
    var limits = Limits(
        lineBytes: 1 << 20, nesting: 64, requestsInFlight: 64, connections: 1_024, connectionsPerUser: 256,
        unreadBytes: 4 << 20, unreadBytesForTenSeconds: 1 << 20)
    /// A second provider, called `other`.
    var otherProvider: ScriptedProvider?
    /// The role that every client has; what the access policy says where there is none.
    var role: Role?
    /// What finetunings may cost.
    var budget = Budget.unbounded

    /// The times are short, so that retries and polls follow one another at once.
    func settings(at workplace: Workplace) -> DaemonSettings {
        var settings = DaemonSettings(
            version: "1.2.3", stateDirectory: workplace.stateDirectory, allowedDatabasePaths: [workplace.databases],
            access: AccessPolicy(defaultRole: .operate, users: [:], groups: [:], daemonUser: geteuid()),
            limits: limits, defaultModel: "gpt-4o-mini", budget: budget, pacings: ProviderPacings(usual: pacing),
            completions: completions)
        settings.queries = queries
        return settings
    }

    private var pacing: ProviderPacing {
        ProviderPacing(
            retries: RetryPolicy(
                shortestDelay: .milliseconds(1), longestDelay: .milliseconds(4), settleTime: .milliseconds(1),
                keyRecheck: keyRecheck, missingTime: missingTime, newModelTime: missingTime),
            polling: PollPolicy(shortestInterval: .milliseconds(1), longestInterval: .milliseconds(4)), jobsAtATime: 4)
    }

    func service(_ core: Daemon) -> any LineService {
        role.map { RoleService(service: core.service, role: $0) } ?? core.service
    }
}

extension QueryLimits {
    /// The usual limits, with as many rows as may be asked for.
    fileprivate static var unboundedRows: QueryLimits {
        var limits = QueryLimits.default
        limits.rows = FieldLimits.resultRows.upperBound
        return limits
    }
}

extension ProviderName {
    static let other = ProviderName(rawValue: "other")
}

extension ModelCatalogue {
    static let oneModel = ModelCatalogue(
        date: .epoch,
        models: [ProviderName.openAI, .other].map { provider in
            CataloguedModel(
                provider: provider, name: "gpt-4o-mini", contextTokens: 128_000, trainingTokensPerExample: 65_536,
                vocabulary: .o200k, pricePerMillionTrainingTokens: Price("3.00"),
                questionPrices: QuestionPrices(
                    input: Price(microdollars: 150_000), output: Price(microdollars: 600_000)),
                tunedQuestionPrices: QuestionPrices(
                    input: Price(microdollars: 300_000), output: Price(microdollars: 1_200_000)))
        })
}

/// Runs a test with a daemon, and stops the daemon afterwards.
func withDaemon(
    at workplace: Workplace? = nil, _ provider: ScriptedProvider = ScriptedProvider(), _ setup: Setup = Setup(),
    _ test: (TestDaemon) async throws -> Void
) async throws {
    let daemon = try await TestDaemon.start(at: try workplace ?? Workplace(), provider, setup)
    do {
        try await test(daemon)
    } catch {
        try await daemon.stop()
        throw error
    }
    try await daemon.stop()
}
