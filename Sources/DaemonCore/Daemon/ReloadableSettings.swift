import Jobs
import TrainingData

/// The settings that a reload replaces, for all who go by them.
struct ReloadableSettings: Sendable {
    /// Who may do what. `APIService` replaces it, because it also tells the connections that are open.
    let access: Current<AccessPolicy>
    /// Which databases may be opened.
    let paths: Current<DatabasePathPolicy>
    /// The models that there are.
    let catalogue: Current<ModelCatalogue>
    /// The model of a finetuning that names none.
    let defaultModel: Current<ProviderModelID>
    /// What finetunings may cost.
    let budget: Current<Budget>

    init(_ settings: DaemonSettings, catalogue: ModelCatalogue) {
        access = Current(settings.access)
        paths = Current(DatabasePathPolicy(settings))
        self.catalogue = Current(catalogue)
        defaultModel = Current(settings.defaultModel)
        budget = Current(settings.budget)
    }

    /// Has everybody go by these from now on; but for `access`.
    func replace(with settings: DaemonSettings, catalogue: ModelCatalogue) {
        paths.replace(with: DatabasePathPolicy(settings))
        self.catalogue.replace(with: catalogue)
        defaultModel.replace(with: settings.defaultModel)
        budget.replace(with: settings.budget)
    }
}

extension DatabasePathPolicy {
    fileprivate init(_ settings: DaemonSettings) {
        self.init(allowed: settings.allowedDatabasePaths, stateDirectory: settings.stateDirectory)
    }
}
