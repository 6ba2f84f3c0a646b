import Glibc
import SeededRandomness
import Synchronization

/// Feeds many broken lines to the parser.
struct ParserRun {
    // Lines after which memory has its lasting size.
    private static let warmUp = 500_000
    private static let block = 10_000
    private static let patience: UInt32 = 30
    private static let growth = 32 << 20

    let mutator: LineMutator

    func run(_ numbers: Range<Int>) throws {
        var target = ParserTarget()
        var settled: Int?
        let start = ContinuousClock.now
        for number in numbers {
            let done = number - numbers.lowerBound
            if done.isMultiple(of: Self.block) { alarm(Self.patience) }
            if done == Self.warmUp { settled = Self.residentBytes }
            LastLine.number.store(number, ordering: .relaxed)
            var random = SeededGenerator(seed: UInt64(number))
            do {
                try target.take(mutator.line(number), cutBy: &random)
            } catch {
                throw Violation("line \(number): \(error): \(mutator.line(number).printable)")
            }
            if done % 1_000_000 == 999_999 { print("\(done + 1) lines after \(ContinuousClock.now - start)") }
        }
        alarm(0)
        print("\(numbers.count) broken lines in \(ContinuousClock.now - start), with a request behind each")
        print(target.outcomes.text)
        try checkGrowth(since: settled)
    }

    private func checkGrowth(since settled: Int?) throws {
        guard let settled else { return }
        let grown = Self.residentBytes - settled
        print("memory: \(settled >> 20) MB after \(Self.warmUp) lines, \(grown >> 10) KB more at the end")
        guard grown < Self.growth else { throw Violation("memory grew by \(grown) bytes") }
    }

    // The most that the process ever had: a leak shows in it.
    private static var residentBytes: Int {
        var usage = rusage()
        getrusage(CInt(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss << 10
    }
}

extension [UInt8] {
    /// As a terminal can show it.
    var printable: String {
        map { (0x20..<0x7F).contains($0) ? String(UnicodeScalar($0)) : "\\x" + String($0, radix: 16) }.joined()
    }
}
