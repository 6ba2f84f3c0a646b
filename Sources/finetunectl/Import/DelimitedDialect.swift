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
        let line = text.prefix { $0 != 0x0A && $0 != 0x0D }
        if line.count == 5, line.starts(with: "sep=".utf8), let mark = line.last {
            self.delimiter = delimiter ?? mark
            headingLine = 2
            let afterLine = text[line.endIndex...]
            headingOffset = line.endIndex + (afterLine.starts(with: [0x0D, 0x0A]) ? 2 : min(1, afterLine.count))
        } else {
            self.delimiter = delimiter ?? Self.mostFrequent(in: line)
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
