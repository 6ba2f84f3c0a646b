import Testing

@testable import DaemonCore

@Suite("Requests under way")
struct RequestTasksTests {
    @Test("one whose end is told is under way no more, so that nobody who heard of it can still end it")
    func ending() async {
        let tasks = RequestTasks()
        let wasUnderWay = await withCheckedContinuation { told in
            tasks.start(named: "3") {
                tasks.cancel(named: "3")
            } then: { isUnderWay in
                told.resume(returning: (isUnderWay, tasks.cancel(named: "3")))
            }
        }
        #expect(wasUnderWay == (true, false))
    }
}
