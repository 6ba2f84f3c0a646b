extension DaemonConfiguration {
    /// The effective configuration as a YAML document that could be its file. Secrets are left out.
    var yaml: String {
        var lines: [String] = []
        var section: [Substring] = []
        for setting in Setting.all(providers: providers.names) {
            guard let value = setting.yaml(of: self) else { continue }
            let path = setting.key.split(separator: ".")
            for (depth, name) in path.dropLast().enumerated() where section.dropFirst(depth).first != name {
                lines.append(String(repeating: "  ", count: depth) + "\(name):")
            }
            section = path.dropLast()
            lines.append(String(repeating: "  ", count: section.count) + "\(path.last ?? ""): \(value)")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
