import Jobs

/// The secrets that the daemon was started with. They are printed nowhere.
struct Credentials: Sendable, Hashable {
    /// The keys for providers, by their names; without OpenAI's, only connections with a key of their own can train.
    private(set) var keys: [String: Secret] = [:]
    /// The key that encrypts connections' keys; without one, the state directory has its own.
    var storageKey: StorageKey?

    /// No secrets.
    init() {}

    /// Those in systemd's credentials directory, else in the environment.
    init(_ surroundings: Surroundings, providers: [String]) throws(InvalidConfiguration) {
        for provider in providers {
            let name = "\(provider)_api_key"
            if let file = try CredentialFile(named: name, in: surroundings) {
                keys[provider] = try Self.key(in: String(decoding: file.bytes, as: UTF8.self), of: file.path)
            } else if let text = surroundings.environment[name.environmentForm], !text.isEmpty {
                keys[provider] = try Self.key(in: text, of: name.environmentForm)
            }
        }
        storageKey = try CredentialFile(named: "storage_key", in: surroundings).map { StorageKey(bytes: $0.bytes) }
    }

    /// What goes into an HTTP header: a line end after it is ignored.
    private static func key(in text: String, of place: String) throws(InvalidConfiguration) -> Secret {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard let key = words.first else { throw InvalidConfiguration(place, "is empty") }
        guard words.count == 1, key.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw InvalidConfiguration(place, "is no key: it holds more than one word of ASCII")
        }
        return Secret(String(key))
    }

    /// The bytes of the storage key, which printing does not show.
    struct StorageKey: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
        let bytes: [UInt8]
        var description: String { "•••" }
        var customMirror: Mirror { Mirror(self, children: []) }
    }
}

/// One file of the credentials directory.
private struct CredentialFile {
    let path: String
    let bytes: [UInt8]

    init?(named name: String, in surroundings: Surroundings) throws(InvalidConfiguration) {
        guard let directory = surroundings.credentialsDirectory else { return nil }
        path = directory + "/" + name
        guard let bytes = try contents(ofFile: path) else { return nil }
        self.bytes = bytes
    }
}
