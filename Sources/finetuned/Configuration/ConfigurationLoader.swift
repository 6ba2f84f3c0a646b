import Configuration
import Jobs

/// Puts the configuration together: options over the environment over the file over the defaults.
///
/// Loading changes nothing, so the daemon loads again for a reload and keeps what it has if that fails.
struct ConfigurationLoader: Sendable {
    /// What the command line says. Each wins over the environment and the file.
    struct Options: Sendable {
        /// The configuration file. It must be there, while the default one need not be.
        var file: String?
        /// Texts by key, for the keys that have an option.
        var settings: [String: String] = [:]
    }

    let options: Options
    let surroundings: Surroundings

    /// Reads everything anew. Throws all that is wrong at once.
    func load() throws(InvalidConfiguration) -> DaemonConfiguration {
        let document = try document()
        let providers = ProviderNames.all(in: document, and: surroundings.environment)
        let settings = Setting.all(providers: providers)
        let file = FileSettings(document, settings: settings)
        let environment = EnvironmentSettings(surroundings.environment, settings: settings)
        var problems = file.problems + environment.problems
        var configuration = DaemonConfiguration(
            socketPath: surroundings.socketPath, stateDirectory: surroundings.stateDirectory)
        let reader = reader(of: settings, file, environment)
        for setting in settings {
            guard let texts = reader.texts(of: setting) else { continue }
            do {
                try setting.apply(texts, to: &configuration)
            } catch {
                let origin = origin(of: setting, file, environment)
                problems.append(.init(origin: origin, key: setting.key, reason: error.reason))
            }
        }
        problems += configuration.contradictions
        guard problems.isEmpty else { throw InvalidConfiguration(problems) }
        configuration.catalogue = try catalogue(for: &configuration)
        configuration.credentials = try Credentials(surroundings, providers: providers)
        return configuration
    }

    private func document() throws(InvalidConfiguration) -> YAMLFile? {
        let path = options.file ?? surroundings.configurationDirectory + "/finetuned.yaml"
        if let file = try YAMLFile(path: path) { return file }
        guard options.file == nil else { throw InvalidConfiguration(path, "there is no such file") }
        return nil
    }

    private func reader(
        of settings: [Setting], _ file: FileSettings, _ environment: EnvironmentSettings
    ) -> ConfigReader {
        ConfigReader(providers: [
            InMemoryProvider(name: "options", values: Self.values(of: settings, options.settings.mapValues { [$0] })),
            EnvironmentVariablesProvider(environmentVariables: environment.variables),
            InMemoryProvider(name: "file", values: Self.values(of: settings, file.entries.mapValues(\.texts))),
        ])
    }

    private static func values(
        of settings: [Setting], _ texts: [String: [String]]
    ) -> [AbsoluteConfigKey: ConfigValue] {
        let values = settings.compactMap { setting -> (AbsoluteConfigKey, ConfigValue)? in
            guard let texts = texts[setting.key] else { return nil }
            let content = setting.shape == .single ? ConfigContent.string(texts.joined()) : .stringArray(texts)
            return (AbsoluteConfigKey(setting.path), ConfigValue(content, isSecret: setting.isSecret))
        }
        return Dictionary(uniqueKeysWithValues: values)
    }

    private func origin(
        of setting: Setting, _ file: FileSettings, _ environment: EnvironmentSettings
    ) -> String {
        if options.settings[setting.key] != nil { return "--" + setting.key.replacing("_", with: "-") }
        if environment.holds(setting) { return "environment: " + setting.environmentName }
        return file.entries[setting.key]?.origin ?? "default"
    }

    // A catalogue that the configuration names must be there; the one in the configuration directory need not be.
    private func catalogue(for configuration: inout DaemonConfiguration) throws(InvalidConfiguration) -> ModelCatalogue
    {
        var catalogue = try ModelCatalogue.builtIn()
        if configuration.modelFiles.isEmpty {
            let path = surroundings.configurationDirectory + "/models.yaml"
            guard let file = try YAMLFile(path: path) else { return catalogue }
            configuration.modelFiles = [path]
            return catalogue.overlaid(with: try ModelCatalogue(file))
        }
        for path in configuration.modelFiles {
            guard let file = try YAMLFile(path: path) else {
                throw InvalidConfiguration(path, "there is no such file, though models names it")
            }
            catalogue = catalogue.overlaid(with: try ModelCatalogue(file))
        }
        return catalogue
    }
}

extension ConfigReader {
    /// The value of a key: one text for a single value, else one an entry; `nil` if no source has it.
    fileprivate func texts(of setting: Setting) -> [String]? {
        let key = ConfigKey(setting.path)
        return switch setting.shape {
        case .single: string(forKey: key, isSecret: setting.isSecret).map { [$0] }
        case .list, .mapping: stringArray(forKey: key, isSecret: setting.isSecret)
        }
    }
}

extension Setting {
    fileprivate var path: [String] { key.split(separator: ".").map(String.init) }
}
