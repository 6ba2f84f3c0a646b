/// Chooses the tables of a prompt where not all of them fit, by their relevance to the question.
struct TableChoice {
    /// The places of the tables, the most relevant first.
    let ranking: [Int]
    /// What each table adds to a prompt, by its place.
    let cost: (Int) -> Int
    /// What all of them may add.
    var budget: Int

    /// As many tables as fit, the most relevant first: what an agent's prompt shows.
    var byRelevance: [Int] { filled([]) }

    /// The same, with tables that must be shown.
    ///
    /// A table that stands out as little to do with the question would tell that the answer reads it. So with each
    /// that relevance did not choose come the two that stand beside it in the ranking, where they fit.
    func including(_ needed: Set<Int>) -> [Int] {
        let chosen = Set(byRelevance)
        let missed = ranking.indices.filter { needed.contains(ranking[$0]) && !chosen.contains(ranking[$0]) }
        let beside = missed.flatMap { [$0 - 1, $0 + 1] }.filter(ranking.indices.contains).map { ranking[$0] }
        return filled(needed.sorted() + beside)
    }

    /// What the needed tables, or else the smallest one, would add.
    func leastTokens(for needed: Set<Int>) -> Int {
        needed.isEmpty ? ranking.map(cost).min() ?? 0 : needed.reduce(0) { $0 + cost($1) }
    }

    /// The first tables, then others by relevance, as far as they fit; a table that does not fit is passed over.
    private func filled(_ first: [Int]) -> [Int] {
        var left = budget
        var chosen: Set<Int> = []
        for place in first + ranking where !chosen.contains(place) && cost(place) <= left {
            left -= cost(place)
            chosen.insert(place)
        }
        return chosen.sorted()
    }
}
