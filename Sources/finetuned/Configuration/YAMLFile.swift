import Yams

/// A YAML document that knows where it came from, so that what is wrong in it can be named by file and line.
struct YAMLFile {
    /// The path, or what else it is called.
    let name: String
    /// The top level; `nil` if the document is empty.
    let root: Node?

    init(text: String, name: String) throws(InvalidConfiguration) {
        self.name = name
        do {
            root = try Parser(yaml: text).singleRoot()
        } catch {
            throw Self.problem(name, error)
        }
    }

    /// Reads a file; `nil` if there is none.
    init?(path: String) throws(InvalidConfiguration) {
        guard let bytes = try contents(ofFile: path) else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw InvalidConfiguration(path, "is no UTF-8 text")
        }
        try self.init(text: text, name: path)
    }

    /// A problem with what stands at `node`.
    func problem(at node: Node, key: String? = nil, _ reason: String) -> InvalidConfiguration.Problem {
        InvalidConfiguration.Problem(origin: origin(of: node), key: key, reason: reason)
    }

    /// The name and line of `node`.
    func origin(of node: Node) -> String {
        node.mark.map { "\(name):\($0.line)" } ?? name
    }

    // Yams' own description quotes the file, which may hold a proxy's password.
    private static func problem(_ name: String, _ error: any Error) -> InvalidConfiguration {
        switch error {
        case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _):
            InvalidConfiguration("\(name):\(mark.line)", "is no YAML: \(problem)")
        case YamlError.duplicatedKeysInMapping(let duplicates, _):
            InvalidConfiguration(name, "has a key twice: \(duplicates.sorted().joined(separator: ", "))")
        default:
            InvalidConfiguration(name, "is no YAML")
        }
    }
}

extension Node {
    /// Whether nothing stands here: `key:` or `key: null`.
    var isNull: Bool { scalar != nil && tag == Tag(.null) }
}
