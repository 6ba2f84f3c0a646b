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
            let distance = Self.distance(wanted, candidate.folded)
            if distance <= limit { best = (distance, candidate.name) }
        }
        return best?.name
    }

    /// How many bytes must be put in, taken out, changed, or swapped with the next to make one name of the other.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for place in left.indices {
            var row = [place + 1]
            for other in right.indices {
                let changed = last[other] + (left[place] == right[other] ? 0 : 1)
                row.append(min(changed, last[other + 1] + 1, row[other] + 1))
                let isSwap =
                    place > 0 && other > 0 && left[place] == right[other - 1] && left[place - 1] == right[other]
                if isSwap { row[other + 1] = min(row[other + 1], beforeLast[other - 1] + 1) }
            }
            (beforeLast, last) = (last, row)
        }
        return last[right.count]
    }
}
