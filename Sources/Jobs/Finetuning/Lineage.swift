/// What a finetuning is made with besides what its client chose: fixed when the order is accepted, so that a catalogue
/// that changes meanwhile does not change the job, and kept, so that the same training file can be made again.
package struct Lineage: Hashable, Sendable {
    /// The date of the catalogue that the facts about the model are from.
    package var catalogueDate: CalendarDay
    /// How the model splits text into tokens.
    package var vocabulary: Vocabulary
    /// The most tokens of one training example.
    package var tokensPerExample: Int
    /// The number from which the provider draws what training leaves to chance.
    package var seed: Int

    /// The seeds that providers take.
    package static let seeds = 0...2_147_483_647

    /// What an order is accepted with.
    package init(catalogueDate: CalendarDay, vocabulary: Vocabulary, tokensPerExample: Int, seed: Int) {
        self.catalogueDate = catalogueDate
        self.vocabulary = vocabulary
        self.tokensPerExample = tokensPerExample
        self.seed = seed
    }
}
