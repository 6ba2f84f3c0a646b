/// What the sandbox "trains": a memory of the training file that answers a question with the assistant text of
/// the example whose question is closest.
///
/// It is real, and it is small: no neural network, no generation, no understanding of SQL or of a schema. Closeness
/// is the cosine between TF-IDF vectors over lower-cased words and three-letter pieces of words of the last user
/// message (its last 8 KiB). It never writes a query that is not in the file. A question that shares no word or piece
/// with any example gets the first example's answer.
///
/// An inverted index holds the examples. One question looks at no more than `mostPostings` entries, those of its
/// rarest terms first, so that time stays bounded however large the file is; beyond that size "closest" is closest
/// among the examples looked at.
struct NearestExampleModel: Sendable {
    struct Neighbour: Equatable, Sendable {
        var example: Int
        /// Cosine, 0 to 1, over the terms looked at.
        var similarity: Double
    }

    static let mostPostings = 20_000

    private struct Posting {
        let example: Int
        let weight: Double
    }

    let examples: [TrainingExample]
    private var postings: [UInt64: [Posting]] = [:]

    /// - Throws: `CancellationError` when the task was cancelled.
    init(examples: [TrainingExample]) throws {
        self.examples = examples
        var counts: [UInt64: [Posting]] = [:]
        for (index, example) in examples.enumerated() {
            try Task.checkCancellation()
            for (term, count) in Features.of(example.question) {
                counts[term, default: []].append(Posting(example: index, weight: count))
            }
        }
        var squares = [Double](repeating: 0, count: examples.count)
        for (_, list) in counts {
            let rarity = Self.rarity(of: list.count, among: examples.count)
            for posting in list { squares[posting.example] += (posting.weight * rarity) * (posting.weight * rarity) }
        }
        let lengths = squares.map { $0.squareRoot() }
        postings = counts.mapValues { list in
            let rarity = Self.rarity(of: list.count, among: examples.count)
            return list.map { Posting(example: $0.example, weight: $0.weight * rarity / lengths[$0.example]) }
        }
    }

    /// The answer to a question, as the model has it after it saw the first `seen` examples.
    func answer(to question: String, seen: Int? = nil) -> String {
        confidentAnswer(to: question, seen: seen).text
    }

    /// The same, and how close the question was to the example's: what the sandbox tells as each token's probability.
    func confidentAnswer(to question: String, seen: Int? = nil) -> (text: String, probability: Double) {
        guard !examples.isEmpty else { return (BaseModel.untrainedAnswer, 1) }
        let neighbour = nearest(to: question, among: seen ?? examples.count)
        return (examples[neighbour?.example ?? 0].answer, neighbour?.similarity ?? 0)
    }

    /// The closest of the first `count` examples. Word weights are those of the whole file.
    /// - Parameter excluded: an example that must not answer, for leave-one-out measures.
    func nearest(to question: String, among count: Int, excluding excluded: Int? = nil) -> Neighbour? {
        var scores: [Int: Double] = [:]
        var looked = 0
        let terms = weightedTerms(of: question)
        for (weight, list) in terms where looked < Self.mostPostings {
            for posting in list.prefix(Self.mostPostings - looked) {
                guard posting.example < count else { break }
                looked += 1
                guard posting.example != excluded else { continue }
                scores[posting.example, default: 0] += weight * posting.weight
            }
        }
        // Equal scores: the earlier example, so that the answer does not hang on a dictionary's order.
        let best = scores.max { ($0.value, $1.key) < ($1.value, $0.key) }
        return best.map { Neighbour(example: $0.key, similarity: min(1, $0.value)) }
    }

    /// The question's known terms with their normalised weights, rarest first.
    private func weightedTerms(of question: String) -> [(weight: Double, list: [Posting])] {
        let known = Features.of(question).compactMap { term, count in
            postings[term].map { list in
                (term: term, weight: count * Self.rarity(of: list.count, among: examples.count), list: list)
            }
        }
        let length = known.reduce(0) { $0 + $1.weight * $1.weight }.squareRoot()
        return known.sorted { ($0.list.count, $0.term) < ($1.list.count, $1.term) }
            .map { ($0.weight / length, $0.list) }
    }

    /// Inverse document frequency: a term of every example weighs little, but never nothing.
    private static func rarity(of frequency: Int, among count: Int) -> Double {
        logarithm(1 + Double(count) / Double(frequency))
    }
}
