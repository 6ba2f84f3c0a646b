/// Why the daemon does not start, or does not take a reload: everything that is wrong, not just the first thing.
struct InvalidConfiguration: Error, CustomStringConvertible {
    /// One thing that is wrong.
    struct Problem: Hashable, CustomStringConvertible {
        /// Where it stands: a file with its line, an environment variable, an option.
        let origin: String
        /// The key, where there is one.
        var key: String?
        /// What is wrong and, where that is not plain, what to do.
        let reason: String

        var description: String { [origin, key, reason].compactMap { $0 }.joined(separator: ": ") }
    }

    var problems: [Problem]

    init(_ problems: [Problem]) {
        self.problems = problems
    }

    init(_ origin: String, key: String? = nil, _ reason: String) {
        problems = [Problem(origin: origin, key: key, reason: reason)]
    }

    /// A line a problem.
    var description: String { problems.map(\.description).joined(separator: "\n") }
}
