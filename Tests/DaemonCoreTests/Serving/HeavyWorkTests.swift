import Identifiers
import NIOCore
import NIOPosix
import Testing

@testable import DaemonCore
@testable import FinetuneAPI
@testable import LineTransport

@Suite("heavy work", .timeLimit(.minutes(5)))
struct HeavyWorkTests {
    /// What one client sends much of, and what another sends once; `CONNECTION` and `TABLE` stand for ids.
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let many: String
        let one: String

        init(_ description: String, many: String, one: String? = nil) {
            testDescription = description
            self.many = many
            self.one = one ?? many
        }
    }

    static let cases = [
        Case(
            "plans",
            many: #""method":"POST","path":"/api/v1/finetunings/plan","body":{"db_connection_id":"CONNECTION"}"#),
        Case(
            "imports",
            many: additions(100, to: "golden-records/import"), one: additions(1, to: "golden-records")
        ),
        Case(
            "changes of a table's schema",
            many: #""method":"PUT","path":"/api/v1/table-descriptions/TABLE","body":{"table_schema":"\#(schema)"}"#),
        Case(
            "long lists", many: #""method":"GET","path":"/api/v1/golden-records?limit=1000""#,
            one: #""method":"GET","path":"/api/v1/golden-records?limit=1""#),
    ]

    private static let schema = "CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT, year INTEGER)"

    private static func additions(_ count: Int, to path: String) -> String {
        let record =
            #"{"db_connection_id":"CONNECTION","prompt_text":"How many?","sql":"SELECT count(*) FROM books"}"#
        let records = repeatElement(record, count: count).joined(separator: ",")
        return #""method":"POST","path":"/api/v1/\#(path)","body":[\#(records)]"#
    }

    @Test("one client's request does not wait for all those that another has sent before", arguments: cases)
    func takesTurns(_ example: Case) async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let greedy = try await RawConnection.connect(toUnixSocket: daemon.workplace.socketPath)
            let other = try await RawConnection.connect(toUnixSocket: daemon.workplace.socketPath)
            let order = OrderOfReplies()
            try await withThrowingTaskGroup { group in
                try await daemon.holdingStore(by: library.tables[0].id) {
                    // The reply to the heartbeat shows that the requests before it have been received.
                    try await greedy.send(Self.lines(Self.many, of: example.many, library) + Self.heartbeat)
                    _ = try await greedy.reply()
                    try await other.send(Self.lines(1, of: example.one, library) + Self.heartbeat)
                    _ = try await other.reply()
                    group.addTask { try await order.note("greedy", Self.many, from: greedy) }
                    group.addTask { try await order.note("other", 1, from: other) }
                }
                try await group.waitForAll()
            }
            let place = try #require(await order.names.firstIndex(of: "other"))
            #expect(place < Self.many / 3)
            try await greedy.close()
            try await other.close()
        }
    }

    @Test("one user's exports leave half of the places to others, over however many connections they are")
    func exportsOfUsers() async throws {
        let (work, opened) = (HeavyWork(), Gate())
        let (begun, begins) = AsyncStream.makeStream(of: UInt32.self)
        let export = work.inTurn(
            Endpoint(
                signature: Routes.generationCSV.signature,
                answer: { request, _ in
                    begins.yield(request.caller.peer.userID)
                    await opened.pass()
                    return nil
                }, immediateAnswer: nil))
        try await withThrowingTaskGroup(of: Void.self) { group in
            func ask(_ user: UInt32, _ number: UInt64) async throws {
                let peer = PeerCredentials(userID: user, groupID: user, processID: 1)
                let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
                let connection = try await eventLoop.submit {
                    LineConnection(id: number, peer: peer, eventLoop: eventLoop, limits: LineLimits())
                }.get()
                let stream = ReplyStream(id: .integer(1), connection: connection)
                let request = IncomingRequest(
                    parameter: nil, query: JSONObject(), body: nil, caller: Caller(peer: peer, role: .operate))
                group.addTask { _ = try await export.answer(request, stream) }
            }
            for number: UInt64 in 1...20 { try await ask(1, number) }
            var users = begun.makeAsyncIterator()
            for _ in 1...8 { #expect(await users.next() == 1) }
            try await ask(2, 21)
            #expect(await users.next() == 2)
            opened.open()
            try await group.waitForAll()
        }
    }

    private static let many = 60
    private static let heartbeat = #"{"id":0,"method":"GET","path":"/api/v1/heartbeat"}"# + "\n"

    private static func lines(_ count: Int, of request: String, _ library: Library) -> String {
        let request = request.replacing("CONNECTION", with: library.connection.id.description)
            .replacing("TABLE", with: library.tables[1].id.description)
        return (1...count).map { id in "{\"id\":\(id),\(request)}\n" }.joined()
    }
}

/// Whose replies came, in their order.
private actor OrderOfReplies {
    private(set) var names: [String] = []

    nonisolated func note(_ name: String, _ count: Int, from connection: RawConnection) async throws {
        for _ in 0..<count {
            let reply = try #require(try await connection.reply())
            #expect(reply.status == 200 || reply.status == 201)
            await add(name)
        }
    }

    private func add(_ name: String) { names.append(name) }
}
