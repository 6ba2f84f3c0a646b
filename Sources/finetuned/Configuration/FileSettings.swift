import FinetuneAPI
import Yams

/// The settings in a configuration file, checked for keys that there are not and values of another shape.
///
/// swift-configuration reads values by key but cannot tell which keys a file has, and a misspelt key must not
/// pass unseen; so the document is walked here, and the walk yields the values as well.
struct FileSettings {
    /// What the file says of one key.
    struct Entry {
        let texts: [String]
        /// File and line.
        let origin: String
    }

    private(set) var entries: [String: Entry] = [:]
    private(set) var problems: [InvalidConfiguration.Problem] = []
    private let file: YAMLFile?
    private let settings: [Setting]
    /// The keys that hold other keys: `limits`, `providers`, `providers.openai`.
    private let sections: Set<String>

    /// What `file` says of these keys; nothing if there is no file.
    init(_ file: YAMLFile?, settings: [Setting] = Setting.all) {
        self.file = file
        self.settings = settings
        sections = Set(settings.flatMap(\.sections))
        guard let file, let root = file.root, !root.isNull else { return }
        if let mapping = root.mapping {
            visit(mapping, below: "")
        } else {
            problems.append(file.problem(at: root, "must hold keys with values"))
        }
    }

    private mutating func visit(_ mapping: Node.Mapping, below section: String) {
        for (name, value) in mapping {
            let key = section + (name.scalar?.string ?? "")
            if let setting = settings.first(where: { $0.key == key }) {
                read(value, of: setting, at: name)
            } else if sections.contains(key) {
                visitSection(value, key, at: name)
            } else {
                complain(at: name, key, "there is no such key" + suggestion(for: key))
            }
        }
    }

    private mutating func visitSection(_ value: Node, _ key: String, at name: Node) {
        if let mapping = value.mapping {
            visit(mapping, below: key + ".")
        } else if !value.isNull {
            complain(at: name, key, "holds keys of its own, no value")
        }
    }

    private mutating func read(_ value: Node, of setting: Setting, at name: Node) {
        guard !value.isNull else { return complain(at: name, setting.key, "has no value") }
        let texts: [String]? =
            switch setting.shape {
            case .single: value.scalar.map { [$0.string] }
            case .list: value.sequence.flatMap { allOrNothing($0.map { $0.scalar?.string }) }
            case .mapping: value.mapping.flatMap { allOrNothing($0.map(Self.pair)) }
            }
        if let texts {
            entries[setting.key] = Entry(texts: texts, origin: file?.origin(of: name) ?? "")
        } else {
            complain(at: name, setting.key, "must be \(setting.shape.inWords)")
        }
    }

    private static func pair(_ name: Node, _ value: Node) -> String? {
        guard let name = name.scalar?.string, let value = value.scalar?.string else { return nil }
        return "\(name)=\(value)"
    }

    private mutating func complain(at node: Node, _ key: String, _ reason: String) {
        guard let file else { return }
        problems.append(file.problem(at: node, key: key, reason))
    }
}

extension FileSettings {
    /// The key that was meant: one of this name in another section, else the one spelt most alike.
    private func suggestion(for key: String) -> String {
        let name = key.split(separator: ".").last.map(String.init) ?? key
        let elsewhere = settings.first { $0.key.split(separator: ".").last.map(String.init) == name }
        let nearest = elsewhere?.key ?? NearestName.of(key, among: settings.map(\.key) + sections.sorted())
        return nearest.map { "; did you mean \($0)?" } ?? ""
    }
}

extension Setting {
    /// The keys that hold this one: of `providers.openai.timeout`, `providers` and `providers.openai`.
    fileprivate var sections: [String] {
        let names = key.split(separator: ".").dropLast()
        return names.indices.map { names[...$0].joined(separator: ".") }
    }
}

extension Setting.Shape {
    fileprivate var inWords: String {
        switch self {
        case .single: "a single value"
        case .list: "a list: [value, …]"
        case .mapping: "names with values: {name: value, …}"
        }
    }
}

private func allOrNothing(_ texts: [String?]) -> [String]? {
    texts.contains(nil) ? nil : texts.compactMap { $0 }
}
