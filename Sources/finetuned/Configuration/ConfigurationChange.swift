/// What a reload changes, by the names of keys and credentials.
struct ConfigurationChange: Hashable, Sendable {
    /// What is in effect from now on.
    private(set) var inEffect: [String] = []
    /// What waits for a restart.
    private(set) var afterRestart: [String] = []

    /// From one configuration to the next, of a daemon that was started with a third: what waits for a restart goes on
    /// waiting, however many reloads come in between, until it is as it was at the start.
    init(from old: DaemonConfiguration, to new: DaemonConfiguration, since started: DaemonConfiguration) {
        for setting in Setting.all(providers: new.providers.names) {
            let before = setting.isReloadable ? old : started
            guard setting.yaml(of: before) != setting.yaml(of: new) else { continue }
            if setting.isReloadable { inEffect.append(setting.key) } else { afterRestart.append(setting.key) }
        }
        let removed = started.providers.names.filter { !new.providers.names.contains($0) }
        afterRestart += removed.map { "providers.\($0)" }
        if old.catalogue != new.catalogue { inEffect.append("model catalogue") }
        for name in new.providers.names where old.credentials.keys[name] != new.credentials.keys[name] {
            inEffect.append("credential \(name)_api_key")
        }
        if started.credentials.storageKey != new.credentials.storageKey {
            afterRestart.append("credential storage_key")
        }
        // A proxy's password is not among the printed values.
        for name in new.providers.names where started.providers[name].proxy != new.providers[name].proxy {
            let key = "providers.\(name).proxy"
            if !afterRestart.contains(key) { afterRestart.append(key) }
        }
    }

    /// Both, in one sentence.
    var sentence: String {
        let parts = [
            inEffect.isEmpty ? nil : "in effect now: " + inEffect.joined(separator: ", "),
            afterRestart.isEmpty ? nil : "after a restart: " + afterRestart.joined(separator: ", "),
        ]
        let changes = parts.compactMap(\.self).joined(separator: "; ")
        return changes.isEmpty ? "nothing has changed" : changes
    }
}
