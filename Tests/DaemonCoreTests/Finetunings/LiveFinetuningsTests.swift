import Identifiers
import Testing

@testable import DaemonCore

@Suite("what is told of finetunings", .timeLimit(.minutes(5)))
struct LiveFinetuningsTests {
    private let live = LiveFinetunings(replies: RenderedReplies())
    private let id = ObjectID(seconds: 1, suffix: 1)

    @Test("followers are told of changes, and of the end of the daemon, also those who come after it")
    func followersAreTold() async throws {
        var changes = live.changes(of: id).makeAsyncIterator()
        live.changed(id)
        #expect(await changes.next() != nil)
        live.stop()
        #expect(await changes.next() == nil)
        var late = live.changes(of: id).makeAsyncIterator()
        #expect(await late.next() == nil)
    }
}
