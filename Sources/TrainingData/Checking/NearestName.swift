import Spelling

/// Finds the known name that somebody probably meant.
struct NearestName {
    private let names: [(folded: [UInt8], name: String)]

    init(of names: some Sequence<String>) {
        self.names = Set(names).sorted().map { (Array(SQLiteIdentifier.folded($0).utf8), $0) }
    }

    /// The name that takes the fewest changes to reach, if those are few for a name so long.
    func match(for name: String) -> String? {
        let wanted = Array(SQLiteIdentifier.folded(name).utf8.prefix(128))
        var best: (distance: Int, name: String)?
        for candidate in names {
            let limit = min(max(1, wanted.count / 3), (best?.distance ?? .max) - 1)
            guard abs(candidate.folded.count - wanted.count) <= limit else { continue }
            let distance = EditDistance.between(wanted, candidate.folded)
            if distance <= limit { best = (distance, candidate.name) }
        }
        return best?.name
    }
}
