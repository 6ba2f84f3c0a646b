import Testing

@testable import DaemonCore

@Suite("what happens often")
struct OccasionalRemarkTests {
    @Test("is remarked on at once, and then after each pause in which it went on")
    func storm() {
        var remark = OccasionalRemark()
        let remarks = (0..<1_001).map { _ in remark.happened() }
        #expect(remarks == [true] + Array(repeating: false, count: 1_000))
        let (many, next) = (remark.endPause(), remark.happened())
        #expect(many == 1_000 && !next)
        let (one, none) = (remark.endPause(), remark.endPause())
        #expect(one == 1 && none == 0)
        let again = remark.happened()
        #expect(again)
    }
}
