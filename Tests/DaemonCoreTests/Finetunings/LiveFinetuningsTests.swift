import Identifiers
import Testing

@testable import DaemonCore

@Suite("what is told of finetunings", .timeLimit(.minutes(5)))
struct LiveFinetuningsTests {
    private let live = LiveFinetunings()
    private let id = ObjectID(seconds: 1, suffix: 1)
    private let reply: [UInt8] = [1, 2, 3]

    @Test("while a finetuning changes no reply is kept, neither from before nor from meanwhile")
    func aChangeLeavesNoReply() async throws {
        live.keep(reply, for: id, readAt: live.generation(of: id))
        #expect(live.reply(for: id) == reply)
        let before = live.generation(of: id)
        await live.changing(id) {
            #expect(live.reply(for: id) == nil)
            live.keep(reply, for: id, readAt: live.generation(of: id))
            #expect(live.reply(for: id) == nil)
        }
        live.keep(reply, for: id, readAt: before)
        #expect(live.reply(for: id) == nil)
        live.keep(reply, for: id, readAt: live.generation(of: id))
        #expect(live.reply(for: id) == reply)
    }

    @Test("of two changes at the same time, the first to end lets nothing be kept yet")
    func changesOverlap() async throws {
        await live.changing(id) {
            await live.changing(id) {}
            live.keep(reply, for: id, readAt: live.generation(of: id))
            #expect(live.reply(for: id) == nil)
        }
    }

    @Test("a change that fails lets replies be kept again")
    func aFailedChangeIsOver() async throws {
        await #expect(throws: CancellationError.self) {
            try await live.changing(id) { throw CancellationError() }
        }
        live.keep(reply, for: id, readAt: live.generation(of: id))
        #expect(live.reply(for: id) == reply)
    }

    @Test("however much is kept, it is bounded, and a reply too long is made anew every time")
    func whatIsKeptIsBounded() {
        let megabyte = [UInt8](repeating: 0, count: 1 << 20)
        let ids = (0..<100).map { ObjectID(seconds: 2, suffix: $0) }
        for id in ids { live.keep(megabyte, for: id, readAt: live.generation(of: id)) }
        #expect(live.reply(for: ids[99]) != nil)
        #expect((1...64).contains(ids.count { live.reply(for: $0) != nil }))
        live.keep([UInt8](repeating: 0, count: 5 << 20), for: id, readAt: live.generation(of: id))
        #expect(live.reply(for: id) == nil)
    }

    @Test("followers are told of news, and of the end of the daemon, also those who come after it")
    func followersAreTold() async throws {
        var changes = live.changes(of: id).makeAsyncIterator()
        await live.changing(id) {}
        #expect(await changes.next() != nil)
        await live.changing(id) {
        } isNews: {
            false
        }
        live.stop()
        #expect(await changes.next() == nil)
        var late = live.changes(of: id).makeAsyncIterator()
        #expect(await late.next() == nil)
    }
}
