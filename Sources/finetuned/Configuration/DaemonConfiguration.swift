import FinetuneAPI
import Jobs
import Logging

/// All that the daemon was told at its start, or at its last reload: plain values, checked.
struct DaemonConfiguration: Sendable, Hashable {
    /// The socket, if systemd does not pass one.
    var socket: Socket
    /// The directory of the state and the training files.
    var stateDirectory: String
    /// Messages below this level are not logged.
    var logLevel = Logger.Level.info
    /// The directories in which the daemon may open databases. Nowhere else.
    var allowedDatabasePaths: [String] = []
    var limits = Limits()
    var access = Access()
    var finetunings = Finetunings()
    var budget = Budget()
    var queries = Queries()
    var retention = Retention()
    var providers = Providers()
    /// The files that were laid over the built-in model catalogue, in this order.
    var modelFiles: [String] = []
    /// What came of the built-in catalogue and those files.
    var catalogue = ModelCatalogue.empty
    var credentials = Credentials()

    /// The defaults, in these places.
    init(socketPath: String, stateDirectory: String) {
        self.socket = Socket(path: socketPath)
        self.stateDirectory = stateDirectory
    }

    struct Socket: Sendable, Hashable {
        var path: String
        /// Permission bits.
        var mode: UInt32 = 0o660
    }

    /// What one client, one user and all together may take up. See the design, section 1.
    struct Limits: Sendable, Hashable {
        var lineBytes = 1 << 20
        var nesting = 64
        var requestsInFlight = 64
        var connections = 1_024
        var connectionsPerUser = 256
        var unreadBytes = 4 << 20
        var unreadBytesFor10Seconds = 1 << 20
        /// Any number where nothing is said.
        var requestsPerSecondPerUser: Int?
    }

    /// Who may do what. Root and the daemon's own user are admin whatever stands here.
    struct Access: Sendable, Hashable {
        var defaultRole = Role.operate
        /// Roles by user name or number.
        var users: [String: Role] = [:]
        /// Roles by group name or number.
        var groups: [String: Role] = [:]
    }

    struct Finetunings: Sendable, Hashable {
        var defaultModel = "gpt-4o-mini-2024-07-18"
        /// Finetunings of one provider whose steps are taken at a time.
        var concurrency = 32
    }

    /// What one query on a user's database may take up.
    struct Queries: Sendable, Hashable {
        var time = Duration.seconds(5)
        var rows = 1_000_000
        var cellBytes = 128 << 10
        var memoryBytes = 128 << 20
    }

    /// How long what was asked and measured is kept, in days; 0 for ever.
    struct Retention: Sendable, Hashable {
        var promptDays = 90
        var evaluationDays = 365
    }

    struct Providers: Sendable, Hashable {
        /// OpenAI, or what stands in its place.
        var openAI = Provider(baseURL: "https://api.openai.com/v1")
        /// Others that speak its contract, by the names that orders call them by.
        var others: [String: Provider] = [:]

        /// The names of all, OpenAI's first.
        var names: [String] { [Self.openAIName] + others.keys.sorted() }

        static let openAIName = "openai"

        /// The provider of this name; one without an address if there is none.
        subscript(name: String) -> Provider {
            get { name == Self.openAIName ? openAI : others[name] ?? Provider(baseURL: "") }
            set {
                if name == Self.openAIName { openAI = newValue } else { others[name] = newValue }
            }
        }
    }

    struct Provider: Sendable, Hashable {
        /// Empty for one that needs an address and was given none.
        var baseURL: String
        var organization: String?
        var project: String?
        var connectTimeout = Duration.seconds(10)
        var timeout = Duration.seconds(60)
        var uploadTimeout = Duration.seconds(600)
        var completionTimeout = Duration.seconds(120)
        var proxy = Proxy.fromEnvironment
        /// A PEM file of certificate authorities in place of the system's.
        var authorities: String?
        var requestsPerSecond = 50
        var connections = 8
        var completionsPerSecond = 200
        /// Questions to models under way at a time; as many connections are open at most.
        var completionConcurrency = 64
        /// Questions to models that wait for their turn at most.
        var waitingCompletions = 1_024
        var pollShortest = Duration.seconds(2)
        var pollLongest = Duration.seconds(60)
        var retryShortest = Duration.seconds(1)
        var retryLongest = Duration.seconds(300)
        /// `shortestSettleTime` where nothing is said.
        var settleTime: Duration?
        var keyRecheck = Duration.seconds(60)

        /// A request goes on without its caller, for as long as the caller would have waited and a little more.
        var shortestSettleTime: Duration { timeout + timeout / 4 }
    }

    /// How requests to a provider leave the host.
    enum Proxy: Sendable, Hashable {
        /// As `https_proxy`, `http_proxy` and `no_proxy` say.
        case fromEnvironment
        case direct
        /// Through this proxy. Its address may hold a password.
        case address(Secret)
    }
}
