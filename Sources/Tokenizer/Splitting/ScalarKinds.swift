/// The kind of every Unicode scalar, as of Unicode 16: what the published tokenizer knows.
struct ScalarKinds: Sendable {
    static let all = ScalarKinds()

    /// Kinds by scalar value, up to where letters other than ideographs end.
    private let common: [ScalarKind]
    private static let endOfCommon: UInt32 = 0x20000

    private init() {
        var common = [ScalarKind](repeating: .symbol, count: Int(Self.endOfCommon))
        var run = (start: 0, kind: ScalarKind.symbol)
        for entry in ScalarKind.runs {
            let start = Int(min(entry >> 8, Self.endOfCommon))
            for scalar in run.start..<start {
                common[scalar] = run.kind
            }
            run = (start, Self.kind(of: entry))
        }
        self.common = common
    }

    subscript(scalar: UInt32) -> ScalarKind {
        @inline(__always) get {
            scalar < Self.endOfCommon ? common[Int(scalar)] : Self.rareKind(of: scalar)
        }
    }

    private static func rareKind(of scalar: UInt32) -> ScalarKind {
        let runs = ScalarKind.runs
        var candidates = runs.startIndex..<runs.endIndex
        while candidates.count > 1 {
            let middle = candidates.lowerBound + candidates.count / 2
            if runs[middle] >> 8 <= scalar {
                candidates = middle..<candidates.upperBound
            } else {
                candidates = candidates.lowerBound..<middle
            }
        }
        return kind(of: runs[candidates.lowerBound])
    }

    private static func kind(of run: UInt32) -> ScalarKind {
        ScalarKind(rawValue: UInt8(truncatingIfNeeded: run))
    }
}
