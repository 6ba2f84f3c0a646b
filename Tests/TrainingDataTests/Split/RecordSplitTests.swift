import Identifiers
import Testing

@testable import TrainingData

@Suite("The split of golden records")
struct RecordSplitTests {
    private func record(_ number: Int, _ question: String? = nil, _ sql: String) -> GoldenRecord {
        GoldenRecord(
            id: .numbered(UInt64(number)), connectionID: .numbered(2), promptText: question ?? "question \(number)",
            sql: sql, check: .valid, createdAt: Timestamp(microseconds: 0), updatedAt: Timestamp(microseconds: 0))
    }

    /// Records of which some share questions and some share skeletons.
    private func records(_ numbers: Range<Int>) -> [GoldenRecord] {
        numbers.map { number in
            record(
                number, number.isMultiple(of: 7) ? "Question \(number % 3)!" : nil,
                "SELECT column\(number % 90) FROM t WHERE id = \(number)")
        }
    }

    /// What a split makes of some records, by their ids.
    private struct Parts {
        var training: [ObjectID] = []
        var heldOut: [ObjectID] = []
        var overlapping: [String] = []

        init(_ records: [GoldenRecord], _ split: HeldOutRecords) {
            for record in records {
                switch split.relation(to: record) {
                case .apart: training.append(record.id)
                case .member: heldOut.append(record.id)
                case .overlapping(let reason): overlapping.append(reason)
                }
            }
        }
    }

    private func split(_ records: [GoldenRecord], share: Double) -> Parts {
        var heldOut = HeldOutRecords()
        for record in records { heldOut.add(record, ifWithin: share) }
        return Parts(records, heldOut)
    }

    @Test("has no question and no skeleton on both sides", arguments: [0.05, 0.1, 0.3, 0.5])
    func noLeak(share: Double) {
        let all = records(0..<600)
        let parts = split(all, share: share)
        let contents = Dictionary(uniqueKeysWithValues: all.map { ($0.id, RecordContent($0)) })
        let (training, heldOut) = (
            parts.training.compactMap { contents[$0] }, parts.heldOut.compactMap { contents[$0] }
        )
        #expect(!training.isEmpty && !heldOut.isEmpty)
        #expect(Set(training.map(\.question)).isDisjoint(with: heldOut.map(\.question)))
        #expect(Set(training.map(\.skeleton)).isDisjoint(with: heldOut.map(\.skeleton)))
        #expect(training.count + heldOut.count + parts.overlapping.count == all.count)
    }

    @Test("never moves a record to the other side when others are added, whatever their order")
    func stable() {
        let before = split(records(0..<300), share: 0.2)
        let after = split(records(0..<900).shuffled(), share: 0.2)
        #expect(Set(before.heldOut).isSubset(of: after.heldOut))
        #expect(Set(before.training).isDisjoint(with: after.heldOut))
    }

    @Test("of a greater share holds out the same records and more")
    func monotonic() {
        let all = records(0..<300)
        let parts = [0.05, 0.1, 0.2, 0.4].map { Set(split(all, share: $0).heldOut) }
        for (smaller, greater) in zip(parts, parts.dropFirst()) { #expect(smaller.isSubset(of: greater)) }
    }

    @Test("holds out about the share that was asked for, where skeletons are many")
    func share() {
        let many = (0..<4_000).map { record($0, nil, "SELECT column\($0) FROM t") }
        let count = split(many, share: 0.1).heldOut.count
        #expect((300...500).contains(count))
    }

    @Test("keeps what shares a question or a skeleton with a named record out of training, and says why")
    func named() {
        var heldOut = HeldOutRecords()
        let records = [
            record(1, "How many tales?", "SELECT count(*) FROM tales"),
            record(2, "how many   TALES", "SELECT count(id) FROM tales"),
            record(3, "And of Grimm?", "SELECT count(*) FROM tales t"),
            record(4, "Who wrote them?", "SELECT name FROM authors"),
        ]
        heldOut.add(records[0])
        let parts = Parts(records, heldOut)
        #expect(parts.heldOut == [.numbered(1)])
        #expect(parts.training == [.numbered(4)])
        #expect(
            parts.overlapping == [
                "its question is held out for validation", "SQL of its form is held out for validation",
            ])
    }
}
