#if canImport(Glibc)
    internal import Glibc
#else
    internal import Musl
#endif

/// How sure a model was of its answer: the geometric mean of the probabilities of the answer's tokens.
struct Confidence {
    private var sum = 0.0
    private var count = 0

    /// Takes the probabilities of further tokens, if there are any.
    mutating func add(_ probabilities: OpenAIContract.TokenProbabilities?) {
        for token in probabilities?.content ?? [] {
            sum += token.logprob
            count += 1
        }
    }

    /// From 0 to 1; nothing if no token's probability was told.
    var value: Double? {
        count == 0 ? nil : min(1, exp(sum / Double(count)))
    }
}
