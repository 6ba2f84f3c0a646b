import Identifiers
import Store
import Testing

@Suite("Replies that are kept")
struct KeptReplyTests {
    private let order = RepeatableRequest(user: 1000, key: "k", contents: Array("order".utf8))

    private func moment(_ now: Timestamp, steady: Timestamp? = nil) -> ReplyMoment {
        ReplyMoment(now: now, steady: steady ?? now)
    }

    private func keeping<Value>(_ reply: String?, of request: RepeatableRequest) -> ReplyKeeping<Value> {
        ReplyKeeping(of: request, at: moment(noon)) { _ in reply.map { Array($0.utf8) } }
    }

    @Test("the work and its reply are both there after a crash")
    func crash() async throws {
        try await withStore { store, folder in
            try await store.insert(connection(1), keeping: keeping("made", of: order))
            let again = try await folder.copyAfterCrash().open()
            #expect(try await again.connection(id(1)) == connection(1))
            #expect(try await again.keptReply(to: order, at: moment(noon)) == Array("made".utf8))
            try await again.close()
        }
    }

    @Test("work that fails keeps no reply, and a reply that cannot be made undoes the work")
    func together() async throws {
        struct NoReply: Error {}
        try await withStore { store, _ in
            try await store.addConnection(1)
            await #expect(throws: StoreError.aliasInUse(.databaseConnection, "connection 1")) {
                try await store.insert(connection(2, alias: "connection 1"), keeping: keeping("made", of: order))
            }
            #expect(try await store.keptReply(to: order, at: moment(noon)) == nil)
            await #expect(throws: StoreError.self) {
                try await store.insert(
                    connection(3), keeping: ReplyKeeping(of: order, at: moment(noon)) { throw NoReply() })
            }
            await #expect(throws: StoreError.notFound(.databaseConnection, id(3))) {
                try await store.connection(id(3))
            }
        }
    }

    @Test("a result without a reply is stored, and nothing is kept")
    func refusal() async throws {
        try await withStore { store, _ in
            try await store.insert(connection(1), keeping: keeping(nil, of: order))
            #expect(try await store.keptReply(to: order, at: moment(noon)) == nil)
        }
    }

    @Test("another request under the key is a conflict, and its work is undone; another user's key is another")
    func conflict() async throws {
        let other = RepeatableRequest(user: 1000, key: "k", contents: Array("another order".utf8))
        let stranger = RepeatableRequest(user: 1001, key: "k", contents: Array("another order".utf8))
        try await withStore { store, _ in
            try await store.insert(connection(1), keeping: keeping("made", of: order))
            await #expect(throws: StoreError.idempotencyConflict(key: "k")) {
                try await store.keptReply(to: other, at: moment(noon))
            }
            for late in [order, other] {
                await #expect(throws: StoreError.idempotencyConflict(key: "k")) {
                    try await store.insert(connection(2), keeping: keeping("made", of: late))
                }
            }
            #expect(try await store.connections(PageRequest()).total == 1)
            #expect(try await store.keptReply(to: stranger, at: moment(noon)) == nil)
        }
    }

    @Test("a reply is kept for a day, and goes when later ones come")
    func age() async throws {
        let dayLater = noon.advanced(by: ReplyMoment.lifetime)
        let later = RepeatableRequest(user: 1000, key: "later", contents: [])
        try await withStore { store, _ in
            try await store.keep([1], of: order, at: moment(noon))
            #expect(try await store.keptReply(to: order, at: moment(dayLater.advanced(by: .microseconds(-1)))) == [1])
            #expect(try await store.keptReply(to: order, at: moment(dayLater)) == nil)
            try await store.keep([2], of: later, at: moment(dayLater))
            #expect(try await store.keptReply(to: order, at: moment(noon)) == nil)
            try await store.keep([3], of: order, at: moment(dayLater))
            #expect(try await store.keptReply(to: order, at: moment(dayLater)) == [3])
        }
    }

    @Test("a clock that is set makes no reply be forgotten, neither in this process nor by the next one")
    func clockThatIsSet() async throws {
        let (hour, year) = (Duration.seconds(3_600), Duration.seconds(365 * 86_400))
        try await withStore { store, _ in
            // The process began on a clock a year behind, which was then set right.
            let right = noon.advanced(by: year)
            try await store.keep([1], of: order, at: moment(noon))
            #expect(try await store.keptReply(to: order, at: moment(right, steady: noon)) == [1])
            // What it keeps from then on, the next process finds.
            let later = RepeatableRequest(user: 1000, key: "later", contents: [])
            try await store.keep([2], of: later, at: moment(right, steady: noon))
            #expect(try await store.keptReply(to: later, at: moment(right.advanced(by: hour))) == [2])
            // A clock that is set back forgets nothing either.
            #expect(try await store.keptReply(to: later, at: moment(noon, steady: right)) == [2])
        }
    }
}
