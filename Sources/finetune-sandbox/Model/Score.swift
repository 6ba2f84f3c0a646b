/// How well the nearest-example model answers a sample of questions whose SQL is known.
struct Score: Equatable, Sendable {
    /// Share of questions answered with the very text, token for token.
    var exactMatch: Double
    /// Mean share of the known answer's tokens that stand at the same place in the given one.
    var tokenAccuracy: Double
    /// Mean edit distance between the two token lists over the longer one's length: 0 is the same, 1 nothing in
    /// common. Not a cross-entropy: a model without probabilities has none.
    var loss: Double
    /// How many questions were asked.
    var sample: Int

    /// Answers are compared up to so many tokens.
    static let mostTokens = 256

    init(pairs: [(known: String, given: String)]) {
        var exact = 0.0
        var accuracy = 0.0
        var distance = 0.0
        for (known, given) in pairs {
            let comparison = TokenComparison(known: known, given: given)
            exact += comparison.isExact ? 1 : 0
            accuracy += comparison.accuracy
            distance += comparison.distance
        }
        let count = Double(max(1, pairs.count))
        exactMatch = exact / count
        tokenAccuracy = accuracy / count
        loss = distance / count
        sample = pairs.count
    }
}

/// Two answers, token by token.
struct TokenComparison {
    let isExact: Bool
    let accuracy: Double
    let distance: Double

    init(known: String, given: String) {
        let known = Self.tokens(known)
        let given = Self.tokens(given)
        isExact = known == given
        let longest = max(known.count, given.count)
        accuracy = known.isEmpty ? 1 : Double(zip(known, given).count { $0 == $1 }) / Double(known.count)
        distance = isExact ? 0 : Double(Self.editDistance(known, given)) / Double(longest)
    }

    private static func tokens(_ text: String) -> [String] {
        ApproximateTokens.split(text, limit: Score.mostTokens).map { String(Substring($0)) }
    }

    private static func editDistance(_ left: [String], _ right: [String]) -> Int {
        var row = Array(0...right.count)
        for (i, token) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let substitution = diagonal + (token == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substitution, diagonal + 1, row[j] + 1)
            }
        }
        return row[right.count]
    }
}
