/// What a reload changes, by the names of keys and credentials.
struct ConfigurationChange: Hashable, Sendable {
    /// What is in effect from now on.
    private(set) var inEffect: [String] = []
    /// What waits for a restart.
    private(set) var afterRestart: [String] = []

    /// From one configuration to the next.
    init(from old: DaemonConfiguration, to new: DaemonConfiguration) {
        for setting in Setting.all(providers: new.providers.names) where setting.yaml(of: old) != setting.yaml(of: new)
        {
            note(setting.key, isReloadable: setting.isReloadable)
        }
        let removed = old.providers.names.filter { !new.providers.names.contains($0) }
        for name in removed { note("providers.\(name)", isReloadable: false) }
        if old.catalogue != new.catalogue { note("model catalogue", isReloadable: true) }
        for name in new.providers.names where old.credentials.keys[name] != new.credentials.keys[name] {
            note("credential \(name)_api_key", isReloadable: true)
        }
        if old.credentials.storageKey != new.credentials.storageKey {
            note("credential storage_key", isReloadable: false)
        }
        // A proxy's password is not among the printed values.
        for name in new.providers.names where old.providers[name].proxy != new.providers[name].proxy {
            note("providers.\(name).proxy", isReloadable: false)
        }
    }

    private mutating func note(_ name: String, isReloadable: Bool) {
        if isReloadable {
            inEffect.append(name)
        } else if !afterRestart.contains(name) {
            afterRestart.append(name)
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
