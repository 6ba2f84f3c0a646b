package import FinetuneAPI
package import Jobs
package import TrainingData

/// What the daemon is configured to do, once the configuration has been read and checked.
package struct DaemonSettings: Sendable {
    /// The daemon's version, as it tells it.
    package var version: String
    /// Where the state and the training files are.
    package var stateDirectory: String
    /// The directories whose databases may be opened.
    package var allowedDatabasePaths: [String]
    /// Who may do what.
    package var access: AccessPolicy
    /// The protocol's limits, as clients are told of them.
    package var limits: Limits
    /// The model of a finetuning that names none.
    package var defaultModel: ProviderModelID
    /// What finetunings may cost.
    package var budget: Budget
    /// How each provider's jobs are worked on.
    package var pacings: ProviderPacings
    /// How much a query on a user's database may spend.
    package var queries = QueryLimits.default
    /// How somebody brings in another key of the daemon's own, by provider.
    package var keyRemedies: [ProviderName: String] = [:]
    /// How long what was asked and measured is kept.
    package var retention = Retention.forEver

    /// Settings.
    package init(
        version: String, stateDirectory: String, allowedDatabasePaths: [String], access: AccessPolicy, limits: Limits,
        defaultModel: ProviderModelID, budget: Budget = .unbounded, pacings: ProviderPacings
    ) {
        self.version = version
        self.stateDirectory = stateDirectory
        self.allowedDatabasePaths = allowedDatabasePaths
        self.access = access
        self.limits = limits
        self.defaultModel = defaultModel
        self.budget = budget
        self.pacings = pacings
    }
}
