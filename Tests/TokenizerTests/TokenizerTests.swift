import SeededRandomness
import Testing
import Tokenizer

@Suite("The tokenizer")
struct TokenizerTests {
    @Test("makes the published tokens of every published text", arguments: Vocabulary.allCases)
    func publishedTokens(vocabulary: Vocabulary) throws {
        let tokenizer = Tokenizer.shared(vocabulary)
        for published in try PublishedText.all() {
            #expect(tokenizer.encode(published.text) == published.tokens(of: vocabulary), "\(published.text)")
        }
    }

    @Test("gives back any text from its tokens, and counts as many as it makes", arguments: Vocabulary.allCases)
    func roundTripOfText(vocabulary: Vocabulary) throws {
        let tokenizer = Tokenizer.shared(vocabulary)
        for seed in 1...200 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let text = generator.text(length: Int(seed))
            let tokens = tokenizer.encode(text)
            #expect(try tokenizer.decode(tokens) == Array(text.utf8), "seed \(seed)")
            #expect(tokenizer.count(text) == tokens.count, "seed \(seed)")
        }
    }

    @Test("takes bytes that are no UTF-8 as a string with U+FFFD in their place", arguments: Vocabulary.allCases)
    func roundTripOfBytes(vocabulary: Vocabulary) throws {
        let tokenizer = Tokenizer.shared(vocabulary)
        for seed in 1...200 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let bytes = generator.bytes(count: Int(seed))
            let tokens = tokenizer.encode(utf8: bytes.span)
            #expect(try tokenizer.decode(tokens) == Array(String(decoding: bytes, as: UTF8.self).utf8), "seed \(seed)")
            #expect(tokenizer.count(utf8: bytes.span) == tokens.count, "seed \(seed)")
        }
    }

    @Test(
        "replaces what is no UTF-8 as a client that reads leniently would",
        arguments: [
            ([0x61, 0xFF, 0x62], "a\u{FFFD}b"),
            ([0xC3], "\u{FFFD}"),
            ([0xE2, 0x82, 0x61], "\u{FFFD}a"),
            ([0xF0, 0x9F, 0x98], "\u{FFFD}"),
            ([0xC0, 0xAF], "\u{FFFD}\u{FFFD}"),
            ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
            ([0xF4, 0x90, 0x80, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
        ] as [([UInt8], String)])
    func invalidBytes(bytes: [UInt8], text: String) {
        let tokenizer = Tokenizer.shared(.o200k)
        #expect(tokenizer.encode(utf8: bytes.span) == tokenizer.encode(text))
    }

    @Test("makes no tokens of no text", arguments: Vocabulary.allCases)
    func emptyText(vocabulary: Vocabulary) {
        #expect(Tokenizer.shared(vocabulary).encode("").isEmpty)
        #expect(Tokenizer.shared(vocabulary).count("") == 0)
    }

    @Test("takes what looks like a special token as text", arguments: Vocabulary.allCases)
    func specialTokens(vocabulary: Vocabulary) throws {
        let tokenizer = Tokenizer.shared(vocabulary)
        let tokens = tokenizer.encode("<|endoftext|>")
        #expect(tokens.count > 1)
        #expect(try tokenizer.decode(tokens) == Array("<|endoftext|>".utf8))
    }

    @Test(
        "names a token that it does not know",
        arguments: [(.cl100k, 100_256), (.cl100k, 100_257), (.o200k, 199_998), (.o200k, .max)]
            as [(Vocabulary, TokenID)])
    func unknownToken(vocabulary: Vocabulary, token: TokenID) {
        #expect(throws: TokenizerError.unknownToken(token, vocabulary)) {
            try Tokenizer.shared(vocabulary).decode([0, token])
        }
    }

    @Test("makes the same tokens of a text that is cut where it may be", arguments: Vocabulary.allCases)
    func cutText(vocabulary: Vocabulary) {
        let tokenizer = Tokenizer.shared(vocabulary)
        for seed in 1...200 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let text = Array(generator.text(of: Array("aZ0 \n\r\t/'sé漢\u{301}"), length: 100).utf8)
            for index in text.indices.dropFirst() where Tokenizer.canCut(between: text[index - 1], and: text[index]) {
                let (head, tail) = (Array(text[..<index]), Array(text[index...]))
                let tokens = tokenizer.encode(utf8: head.span) + tokenizer.encode(utf8: tail.span)
                #expect(tokens == tokenizer.encode(utf8: text.span), "seed \(seed), byte \(index)")
            }
        }
    }

    @Test("counts alike from many threads")
    func manyThreads() async {
        let tokenizer = Tokenizer(.o200k)
        let text = String(repeating: "SELECT überschrift FROM kapitel; ", count: 50)
        let expected = tokenizer.count(text)
        let counts = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<16 {
                group.addTask { tokenizer.count(text) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts == Array(repeating: expected, count: 16))
    }
}
