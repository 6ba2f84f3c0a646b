import Identifiers

/// Tells which questions are nearly one that was asked before: MinHash over shingles of four bytes, with
/// locality-sensitive hashing to find whom to compare with.
///
/// A question's shingles are the runs of four bytes in it. The share of them that two questions have in common
/// (their Jaccard index) is estimated by how many of 60 minima agree; from 85 % on they are nearly the same. Numbers
/// must agree exactly: sales in 2019 and sales in 2020 are two questions. Pairs are found by 12 bands of 5 minima, of
/// which one has to be equal: of pairs at the threshold it misses one in a thousand. Memory is bounded: at most the
/// last 131,072 questions are remembered, and at least the last 65,536.
struct NearQuestions {
    private static let leastAgreement = 51

    private let generationSize: Int
    private var young = Generation()
    private var old = Generation()

    /// Remembers at most the last two generations of so many questions.
    init(generationSize: Int = 65_536) {
        self.generationSize = generationSize
    }

    /// Takes the next question, made plain, of a record; the record whose question is nearly this one, if there is one
    /// before.
    mutating func add(_ question: String, of record: ObjectID) -> ObjectID? {
        let signature = QuestionSignature(question)
        let near = young.record(near: signature) ?? old.record(near: signature)
        if young.count == generationSize { (old, young) = (young, Generation()) }
        young.add(signature, of: record)
        return near
    }

    /// Questions that are forgotten together.
    private struct Generation {
        private var signatures: [QuestionSignature] = []
        private var records: [ObjectID] = []
        /// The first question of each band's value.
        private var firstByBand: [UInt64: Int32] = [:]

        var count: Int { signatures.count }

        func record(near signature: QuestionSignature) -> ObjectID? {
            signature.bands.lazy.compactMap { firstByBand[$0] }.first { place in
                signatures[Int(place)].agreement(with: signature) >= NearQuestions.leastAgreement
            }.map { records[Int($0)] }
        }

        mutating func add(_ signature: QuestionSignature, of record: ObjectID) {
            for band in signature.bands where firstByBand[band] == nil {
                firstByBand[band] = Int32(signatures.count)
            }
            signatures.append(signature)
            records.append(record)
        }
    }
}

/// A question's minima, and its numbers.
struct QuestionSignature {
    private static let bandCount = 12
    private static let bandSize = 5
    private static let count = bandCount * bandSize
    /// The bytes that are looked at; longer questions begin alike or do not.
    private static let byteLimit = 4_096
    /// The factors of the hash functions: odd, and otherwise arbitrary.
    private static let factors: [UInt32] = (0..<count).map { UInt32(truncatingIfNeeded: StableHash.of(UInt64($0))) | 1 }

    /// The upper halves of the minima, which are enough to compare by.
    private let minima: [UInt16]
    private let numbers: UInt64

    init(_ question: String) {
        var question = question
        (minima, numbers) = question.withUTF8 { bytes in
            let start = UnsafeBufferPointer(rebasing: bytes.prefix(Self.byteLimit))
            return (Self.minima(of: start), Self.numbers(in: start))
        }
    }

    /// A hash of each band.
    var bands: some Sequence<UInt64> {
        (0..<Self.bandCount).lazy.map { [minima] band in
            var hash = StableHash()
            hash.combine(UInt64(band))
            for place in 0..<Self.bandSize { hash.combine(UInt64(minima[band * Self.bandSize + place])) }
            return hash.value
        }
    }

    /// How many minima are equal; none where the numbers differ.
    func agreement(with other: QuestionSignature) -> Int {
        guard numbers == other.numbers else { return 0 }
        return zip(minima, other.minima).count { $0 == $1 }
    }

    private static func minima(of bytes: UnsafeBufferPointer<UInt8>) -> [UInt16] {
        var minima = [UInt32](repeating: .max, count: count)
        factors.withUnsafeBufferPointer { factors in
            minima.withUnsafeMutableBufferPointer { minima in
                for start in 0..<max(1, bytes.count - 3) {
                    let shingle = Self.stirred(bytes[start..<min(start + 4, bytes.count)])
                    for place in 0..<count { minima[place] = min(minima[place], shingle &* factors[place]) }
                }
            }
        }
        return minima.map { UInt16(truncatingIfNeeded: $0 >> 16) }
    }

    private static func stirred(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32 {
        var word = bytes.reduce(0x9E37_79B9) { $0 &* 31 ^ UInt32($1) }
        word = (word ^ word >> 16) &* 0x85EB_CA6B
        word = (word ^ word >> 13) &* 0xC2B2_AE35
        return word ^ word >> 16
    }

    private static func numbers(in bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash = StableHash()
        var wasDigit = false
        for byte in bytes {
            let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            if isDigit { hash.combine(UInt64(byte) | (wasDigit ? 0 : 0x100)) }
            wasDigit = isDigit
        }
        return hash.value
    }
}
