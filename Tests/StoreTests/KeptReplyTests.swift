import Identifiers
import Store
import Testing

@Suite("Replies that are kept")
struct KeptReplyTests {
    private let order = RepeatableRequest(user: 1000, key: "k", contents: Array("order".utf8))

    private func keeping<Value>(_ reply: String?, of request: RepeatableRequest) -> ReplyKeeping<Value> {
        ReplyKeeping(of: request, at: noon) { _ in reply.map { Array($0.utf8) } }
    }

    @Test("the work and its reply are both there after a crash")
    func crash() async throws {
        try await withStore { store, folder in
            try await store.insert(connection(1), keeping: keeping("made", of: order))
            let again = try await folder.copyAfterCrash().open()
            #expect(try await again.connection(id(1)) == connection(1))
            #expect(try await again.keptReply(to: order, at: noon) == Array("made".utf8))
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
            #expect(try await store.keptReply(to: order, at: noon) == nil)
            await #expect(throws: StoreError.self) {
                try await store.insert(connection(3), keeping: ReplyKeeping(of: order, at: noon) { throw NoReply() })
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
            #expect(try await store.keptReply(to: order, at: noon) == nil)
        }
    }

    @Test("another request under the key is a conflict, and its work is undone; another user's key is another")
    func conflict() async throws {
        let other = RepeatableRequest(user: 1000, key: "k", contents: Array("another order".utf8))
        let stranger = RepeatableRequest(user: 1001, key: "k", contents: Array("another order".utf8))
        try await withStore { store, _ in
            try await store.insert(connection(1), keeping: keeping("made", of: order))
            await #expect(throws: StoreError.idempotencyConflict(key: "k")) {
                try await store.keptReply(to: other, at: noon)
            }
            for late in [order, other] {
                await #expect(throws: StoreError.idempotencyConflict(key: "k")) {
                    try await store.insert(connection(2), keeping: keeping("made", of: late))
                }
            }
            #expect(try await store.connections(PageRequest()).total == 1)
            #expect(try await store.keptReply(to: stranger, at: noon) == nil)
        }
    }

    @Test("a reply is kept for a day, and goes when later ones come")
    func age() async throws {
        let dayLater = noon.advanced(by: StateStore.replyLifetime)
        let later = RepeatableRequest(user: 1000, key: "later", contents: [])
        try await withStore { store, _ in
            try await store.keep([1], of: order, at: noon)
            #expect(try await store.keptReply(to: order, at: dayLater.advanced(by: .microseconds(-1))) == [1])
            #expect(try await store.keptReply(to: order, at: dayLater) == nil)
            try await store.keep([2], of: later, at: dayLater)
            #expect(try await store.keptReply(to: order, at: noon) == nil)
            try await store.keep([3], of: order, at: dayLater)
            #expect(try await store.keptReply(to: order, at: dayLater) == [3])
        }
    }
}
