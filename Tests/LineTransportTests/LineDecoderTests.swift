import NIOCore
import SeededRandomness
import Testing

@testable import LineTransport

@Suite("Line decoder")
struct LineDecoderTests {
    typealias Line = LineDecoder.Line

    @Test(
        "a stream falls into the same lines however it is cut into chunks",
        arguments: [
            ("", []),
            ("\n\n\r\n", []),
            ("one\n", ["one"]),
            ("one\ntwo\n", ["one", "two"]),
            ("one\r\ntwo\n", ["one", "two"]),
            ("one\r\r\n", ["one\r"]),
            ("a\rb\u{0B}c\u{0C}d\n", ["a\rb\u{0B}c\u{0C}d"]),
            ("\n\none\n\n\ntwo\n", ["one", "two"]),
            ("one\ntwo", ["one", "two"]),
            ("one\r", ["one"]),
            ("12345678\n", ["12345678"]),
            ("123456789\nx\n", ["too long: 9", "x"]),
            ("1234567\r\n12345678\r\nx\n", ["1234567", "too long: 9", "x"]),
            ("12345678901234567890", ["too long: 20"]),
            ("\n123456789012\n\n123456789\n1\n", ["too long: 12", "too long: 9", "1"]),
        ])
    func linesDoNotDependOnChunks(stream: String, lines: [String]) {
        let bytes = Array(stream.utf8)
        for size in 1...max(bytes.count, 1) {
            let chunks = stride(from: 0, to: bytes.count, by: size).map { bytes[$0..<min($0 + size, bytes.count)] }
            #expect(decode(chunks, maximumLength: 8) == lines, "in chunks of \(size)")
        }
        for cut in 0...bytes.count {
            #expect(decode([bytes[..<cut], bytes[cut...]], maximumLength: 8) == lines, "cut at \(cut)")
        }
    }

    @Test("a random stream in random chunks falls into the lines between its newlines", arguments: 0..<200)
    func randomStreams(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let bytes = (0..<Int.random(in: 0..<400, using: &random)).map { _ in
            "ab\r\n".utf8.randomElement(using: &random) ?? 0
        }
        var chunks: [ArraySlice<UInt8>] = []
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + Int.random(in: 1...40, using: &random))
            chunks.append(bytes[start..<end])
            start = end
        }
        #expect(decode(chunks, maximumLength: 12) == linesBetweenNewlines(bytes, maximumLength: 12))
    }

    @Test("lines that wait are all found, in order, after several chunks were appended")
    func chunksMayBeAppendedBeforeLinesAreTaken() {
        var decoder = LineDecoder()
        for chunk in ["one\ntw", "o\nth", "", "ree", "\n"] {
            decoder.append(ByteBuffer(string: chunk))
        }
        #expect(decoder.hasInput)
        #expect(text(decoder.next()) == "one")
        #expect(text(decoder.next()) == "two")
        #expect(text(decoder.next()) == "three")
        #expect(decoder.next() == nil)
        #expect(!decoder.hasInput)
    }

    @Test("the start of a line does not keep its chunk alive")
    func partialLineIsCopied() {
        var decoder = LineDecoder()
        var chunk = ByteBuffer(string: "one\ntw")
        decoder.append(chunk)
        while decoder.next() != nil {}
        #expect(chunk.modifyIfUniquelyOwned { _ in true } == true)
    }

    /// What the decoder's description promises, in the plainest way.
    private func linesBetweenNewlines(_ bytes: [UInt8], maximumLength: Int) -> [String] {
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).compactMap { line in
            if line.count > maximumLength { return "too long: \(line.count)" }
            let content = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            return content.isEmpty ? nil : String(decoding: content, as: UTF8.self)
        }
    }

    private func decode(_ chunks: [ArraySlice<UInt8>], maximumLength: Int) -> [String] {
        var decoder = LineDecoder(maximumLength: maximumLength)
        var lines: [String] = []
        for chunk in chunks {
            decoder.append(ByteBuffer(bytes: chunk))
            while let line = text(decoder.next()) { lines.append(line) }
        }
        decoder.endInput()
        while let line = text(decoder.next()) { lines.append(line) }
        return lines
    }

    private func text(_ line: Line?) -> String? {
        switch line {
        case .complete(let bytes): String(buffer: bytes)
        case .tooLong(let byteCount): "too long: \(byteCount)"
        case nil: nil
        }
    }
}

/// SplitMix64: the same numbers for the same seed, on every machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
