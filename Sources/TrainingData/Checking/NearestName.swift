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

    /// How many bytes must be put in, taken out or changed to make one name of the other.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (leftIndex, leftByte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = leftIndex + 1
            for (rightIndex, rightByte) in right.enumerated() {
                let changed = diagonal + (leftByte == rightByte ? 0 : 1)
                diagonal = row[rightIndex + 1]
                row[rightIndex + 1] = min(changed, diagonal + 1, row[rightIndex] + 1)
            }
        }
        return row[right.count]
    }
}
