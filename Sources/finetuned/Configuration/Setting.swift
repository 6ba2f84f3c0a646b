/// One key of the configuration: its name, what it means, and how its text becomes a value.
///
/// `Setting.all(providers:)` is the one table of them. Loading, the help text and the printed configuration come from it.
struct Setting: Sendable {
    /// Where a value stands in the configuration.
    typealias Place<Value> = any WritableKeyPath<DaemonConfiguration, Value> & Sendable

    /// How the key stands in a file.
    enum Shape: Sendable {
        /// `key: value`
        case single
        /// `key: [value, …]`
        case list
        /// `key: {name: value, …}`
        case mapping
    }

    /// The key as the file nests it, joined by dots: `providers.openai.base_url`.
    let key: String
    let shape: Shape
    /// What the value is, in a few words, with its unit.
    let meaning: String
    /// Whether a record of what was read must not show the value.
    let isSecret: Bool
    private let write: @Sendable ([String], inout DaemonConfiguration) throws(InvalidValue) -> Void
    private let read: @Sendable (DaemonConfiguration) -> [String]?

    /// A key with one value.
    init<Value>(
        _ key: String, _ path: Place<Value>, _ form: Form<Value>,
        isSecret: Bool = false, _ meaning: String
    ) {
        self.init(key, .single, meaning, isSecret) { texts, configuration throws(InvalidValue) in
            configuration[keyPath: path] = try form.parse(texts.joined(separator: ","))
        } read: { configuration in
            [form.text(configuration[keyPath: path])]
        }
    }

    /// A key with one value or none.
    init<Value>(
        _ key: String, _ path: Place<Value?>, _ form: Form<Value>,
        _ meaning: String
    ) {
        self.init(key, .single, meaning, false) { texts, configuration throws(InvalidValue) in
            configuration[keyPath: path] = try form.parse(texts.joined(separator: ","))
        } read: { configuration in
            configuration[keyPath: path].map { [form.text($0)] }
        }
    }

    /// A key with a list of values.
    init<Value>(
        list key: String, _ path: Place<[Value]>, _ form: Form<Value>,
        _ meaning: String
    ) {
        self.init(key, .list, meaning, false) { texts, configuration throws(InvalidValue) in
            var values: [Value] = []
            for text in texts { values.append(try form.parse(text)) }
            configuration[keyPath: path] = values
        } read: { configuration in
            configuration[keyPath: path].map(form.text)
        }
    }

    /// A key with values by name; an entry's text is `name=value`.
    init<Value>(
        mapping key: String, _ path: Place<[String: Value]>,
        _ form: Form<Value>, _ meaning: String
    ) {
        self.init(key, .mapping, meaning, false) { texts, configuration throws(InvalidValue) in
            var values: [String: Value] = [:]
            for text in texts {
                guard let equals = text.lastIndex(of: "="), equals > text.startIndex else {
                    throw InvalidValue("“\(text)” has not the form name=value")
                }
                values[String(text[..<equals])] = try form.parse(String(text[text.index(after: equals)...]))
            }
            configuration[keyPath: path] = values
        } read: { configuration in
            configuration[keyPath: path].map { "\($0.key.yamlScalar): \(form.text($0.value))" }.sorted()
        }
    }

    private init(
        _ key: String, _ shape: Shape, _ meaning: String, _ isSecret: Bool,
        write: @escaping @Sendable ([String], inout DaemonConfiguration) throws(InvalidValue) -> Void,
        read: @escaping @Sendable (DaemonConfiguration) -> [String]?
    ) {
        self.key = key
        self.shape = shape
        self.meaning = meaning
        self.isSecret = isSecret
        self.write = write
        self.read = read
    }

    /// Puts a value into the configuration: one text for a single value, else one an entry.
    func apply(_ texts: [String], to configuration: inout DaemonConfiguration) throws(InvalidValue) {
        try write(texts, &configuration)
    }

    /// The value in a configuration, as YAML on one line; `nil` if there is none. Passwords are hidden.
    func yaml(of configuration: DaemonConfiguration) -> String? {
        guard let texts = read(configuration) else { return nil }
        return switch shape {
        case .single: texts.joined()
        case .list: "[\(texts.joined(separator: ", "))]"
        case .mapping: "{\(texts.joined(separator: ", "))}"
        }
    }

    /// The name of the environment variable that sets this key.
    var environmentName: String { EnvironmentSettings.prefix + key.environmentForm }
}

extension String {
    /// This name as names of environment variables hold it: `providers.my-gateway.timeout` is
    /// `PROVIDERS_MY_GATEWAY_TIMEOUT`.
    var environmentForm: String { uppercased().replacing(".", with: "_").replacing("-", with: "_") }
}

/// Why a text is no value of its key.
struct InvalidValue: Error {
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}
