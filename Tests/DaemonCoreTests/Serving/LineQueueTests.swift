import Testing

@testable import DaemonCore

@Suite("lines that wait for one another")
struct LineQueueTests {
    @Test("come back in the order in which they were expected")
    func order() {
        var queue = LineQueue<String>()
        let numbers = (0..<3).map { _ in queue.expect() }
        #expect(queue.next() == nil)
        queue.fill(numbers[1], with: "second")
        #expect(queue.next() == nil)
        queue.fill(numbers[0], with: "first")
        #expect(queue.next() == "first")
        #expect(queue.next() == "second")
        #expect(!queue.isEmpty)
        queue.fill(numbers[2], with: "third")
        #expect(queue.next() == "third")
        #expect(queue.isEmpty)
    }
}
