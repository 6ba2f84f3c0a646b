import SeededRandomness

/// Breaks requests. Line number n of a seed is always the same.
struct LineMutator: Sendable {
    private let seeds: [[UInt8]]
    private let seed: UInt64

    init(seeds: [[UInt8]], seed: UInt64) {
        self.seeds = seeds
        self.seed = seed
    }

    /// What is put into lines: JSON's own marks, the limits of numbers and of UTF-8, and what parsers trip over.
    private static let fragments: [[UInt8]] =
        [
            "\"", "\\", "{", "}", "[", "]", ":", ",", "\n", "\r", "\r\n", "\0", "\u{7F}", " ", "null", "true", "-", "0",
            "1e999", "-0.0e-1", "123456789012345678901234567890", "9223372036854775807", "9223372036854775808",
            "-9223372036854775809", "\\u0000", "\\ud800", "\\udc00", "\\ud83d\\ude00", "\\u", "\\x41", "\u{FEFF}",
            "\u{2028}", "e\u{301}", "{\"a\":1,\"a\":2}", "\"id\":1,", "\"path\":\"/\",", "%", "%00", "%zz", "%F0%9F",
            "?",
            "&", "=", "//", "/../", "NaN", "/**/",
        ].map { Array($0.utf8) } + [
            [0x80], [0xBF], [0xC0, 0xAF], [0xC3], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0xAF],
            [0xF4, 0x90, 0x80, 0x80], [0xFE], [0xFF], [0xEF, 0xBB, 0xBF],
        ]

    /// A broken line, without an end. It may hold line feeds, and then is several.
    func line(_ number: Int) -> [UInt8] {
        var random = SeededGenerator(seed: seed &+ UInt64(number) &* 0xD6E8_FEB8_6659_FD93)
        var line = random.pick(seeds)
        for _ in 0...random.below(4) { mutate(&line, &random) }
        return line
    }

    private func mutate(_ line: inout [UInt8], _ random: inout SeededGenerator) {
        let place = random.below(line.count + 1)
        switch random.below(64) {
        case 0..<14: line.insert(contentsOf: random.pick(Self.fragments), at: place)
        case 14..<24: if place < line.count { line[place] ^= UInt8(1 << random.below(8)) }
        case 24..<32: if place < line.count { line[place] = UInt8(truncatingIfNeeded: random.next()) }
        case 32..<42: line.removeSubrange(range(from: place, in: line, &random))
        case 42..<50:
            line.insert(contentsOf: line[range(from: place, in: line, &random)], at: random.below(line.count + 1))
        case 50..<54: line.removeSubrange(place...)
        case 54..<60: splice(&line, at: place, &random)
        case 60..<62: nest(&line, at: place, &random)
        case 62:
            line.insert(
                contentsOf: repeatElement(random.pick(Self.fragments), count: random.below(500)).joined(), at: place)
        default: line = (0..<random.below(200)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        }
    }

    private func range(from place: Int, in line: [UInt8], _ random: inout SeededGenerator) -> Range<Int> {
        place..<min(line.count, place + 1 + random.below(random.below(8) == 0 ? 200 : 8))
    }

    /// The start of one request and the end of another.
    private func splice(_ line: inout [UInt8], at place: Int, _ random: inout SeededGenerator) {
        let other = random.pick(seeds)
        line.replaceSubrange(place..., with: other[random.below(other.count)...])
    }

    private func nest(_ line: inout [UInt8], at place: Int, _ random: inout SeededGenerator) {
        let (opening, closing): (String, String) = random.pick([("[", "]"), ("{\"a\":", "}"), ("[{\"b\":[", "]}]")])
        let depth = random.pick([1, 20, 62, 64, 65, 200])
        let text = String(repeating: opening, count: depth) + "1" + String(repeating: closing, count: depth)
        line.insert(contentsOf: text.utf8, at: place)
    }
}
