import SeededRandomness
import Testing
import Tokenizer

@Suite("Merging")
struct MergingTests {
    /// Letters only, so that each text is one piece, and few of them, so that there is much to merge.
    private static let alphabets: [[Character]] = [
        ["a"], ["a", "b"], Array("etaoinsr"), ["ä", "n", "漢"], ["あ", "い", "う"],
    ]

    @Test("makes the tokens that its definition gives, of short and long pieces", arguments: Vocabulary.allCases)
    func definition(vocabulary: Vocabulary) {
        let tokenizer = Tokenizer.shared(vocabulary)
        let plain = PlainMerging(vocabulary)
        for alphabet in Self.alphabets {
            for length in [1, 2, 3, 5, 8, 13, 30, 31, 32, 33, 48, 95, 96, 97, 98, 200] {
                var generator = SeededGenerator(seed: UInt64(length))
                let piece = generator.text(of: alphabet, length: length)
                // A piece that is a token is not merged, and a token may be one that merging does not reach.
                guard tokenizer.count(piece) > 1 else { continue }
                #expect(tokenizer.encode(piece) == plain.encode(piece), "\(piece)")
            }
        }
    }

    @Test(
        "finds the tokens of a hostile text",
        arguments: [
            ("a", .cl100k, 1250), (" ", .cl100k, 79), ("😀", .cl100k, 20_000), ("\n", .cl100k, 313),
            ("a", .o200k, 1250), (" ", .o200k, 79), ("😀", .o200k, 10_000), ("\n", .o200k, 625),
        ] as [(Character, Vocabulary, Int)])
    func hostileText(character: Character, vocabulary: Vocabulary, count: Int) {
        let text = String(repeating: character, count: 10_000)
        #expect(Tokenizer.shared(vocabulary).count(text) == count)
    }
}
