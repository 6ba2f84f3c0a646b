extension SplitRules {
    /// `\s++$|\s*[\r\n]|\s+(?!\S)|\s`, where the first scalar is white space.
    func endOfCl100kWhitespace(from start: Int, in text: Span<UInt8>) -> Int {
        let run = whitespace(from: start, in: text)
        return run.end == text.count ? run.end : run.endBeforeText
    }

    /// `\s*[\r\n]+|\s+(?!\S)|\s+`, where the first scalar is white space.
    func endOfO200kWhitespace(from start: Int, in text: Span<UInt8>) -> Int {
        let run = whitespace(from: start, in: text)
        return run.end == text.count ? run.endOfLines ?? run.end : run.endBeforeText
    }

    private func whitespace(from start: Int, in text: Span<UInt8>) -> WhitespaceRun {
        var run = WhitespaceRun(start: start)
        while run.end < text.count {
            let next = kinds.scalar(at: run.end, in: text)
            guard !next.kind.isDisjoint(with: .whitespace) else { break }
            run.append(next)
        }
        return run
    }
}

/// All the white space between a place and the next other scalar.
private struct WhitespaceRun {
    let start: Int
    private(set) var end: Int
    private var startOfLast: Int
    /// Where the last line break ends.
    private(set) var endOfLines: Int?

    init(start: Int) {
        self.start = start
        end = start
        startOfLast = start
    }

    mutating func append(_ scalar: (kind: ScalarKind, end: Int)) {
        startOfLast = end
        end = scalar.end
        if scalar.kind == .lineBreak {
            endOfLines = end
        }
    }

    /// The piece's end if something else follows the run: what has line breaks ends with the last of them; of more
    /// than one blank, the last is left to what follows.
    var endBeforeText: Int {
        endOfLines ?? (startOfLast > start ? startOfLast : end)
    }
}
