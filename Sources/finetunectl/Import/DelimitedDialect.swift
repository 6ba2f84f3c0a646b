/// What separates cells, and where the heading begins: found from the first line.
struct DelimitedDialect: Equatable, Sendable {
    let delimiter: UInt8
    /// The heading's first byte.
    var headingOffset = 0
    /// The heading's line.
    var headingLine = 1

    private static let candidates = [",", ";", "\t", "|"].map { (mark: Unicode.Scalar) in UInt8(ascii: mark) }

    /// Takes a given delimiter, or that of a line `sep=;` as spreadsheets write it, or the one that the first line
    /// has most of outside quotes.
    init(firstLineOf text: [UInt8], delimiter: UInt8? = nil) {
        var lines = Lines(text: text)
        var line = lines.next()
        while line?.isEmpty == true, lines.offset < text.count { line = lines.next() }
        let first = line ?? []
        if first.count == 5, first.starts(with: "sep=".utf8), let mark = first.last {
            self.delimiter = delimiter ?? mark
            headingOffset = lines.offset
            headingLine = lines.number + 1
        } else {
            self.delimiter = delimiter ?? Self.mostFrequent(in: first)
        }
    }

    /// Whether the start of a text holds its first line that is not empty, and the whole of its end.
    static func hasFirstLine(_ start: [UInt8]) -> Bool {
        guard let first = start.firstIndex(where: { $0 != 0x0A && $0 != 0x0D }) else { return false }
        return start[first...].dropLast().contains { $0 == 0x0A || $0 == 0x0D }
    }

    /// The lines of a text, which may end with LF, CRLF or CR.
    private struct Lines {
        let text: [UInt8]
        /// Where the next line begins.
        var offset = 0
        /// The number of the line that `next` gave last.
        var number = 0

        mutating func next() -> ArraySlice<UInt8>? {
            guard offset < text.count else { return nil }
            let line = text[offset...].prefix { $0 != 0x0A && $0 != 0x0D }
            let end = text[line.endIndex...]
            offset = line.endIndex + (end.starts(with: [0x0D, 0x0A]) ? 2 : min(1, end.count))
            number += 1
            return line
        }
    }

    private static func mostFrequent(in line: ArraySlice<UInt8>) -> UInt8 {
        var counts = [UInt8: Int]()
        var isQuoted = false
        for byte in line {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if !isQuoted, candidates.contains(byte) { counts[byte, default: 0] += 1 }
        }
        // Of equals the first wins.
        return candidates.reversed().max { counts[$0, default: 0] < counts[$1, default: 0] } ?? UInt8(ascii: ",")
    }
}
