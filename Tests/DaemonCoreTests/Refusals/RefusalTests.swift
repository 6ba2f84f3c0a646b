import GRDB
import Identifiers
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI
@testable import Store

@Suite("refusals", .timeLimit(.minutes(5)))
struct RefusalTests {
    @Test("every error code is produced by a request")
    func everyCodeHasACase() {
        #expect(Set((allCases + ownCases + askingTroubles).map(\.code)) == Set(ErrorCode.allCases))
    }

    @Test("a bad request gets its code, status and remedy, and changes nothing", arguments: allCases)
    func aBadRequestChangesNothing(_ bad: RefusalCase) async throws {
        try await withDaemon(ScriptedProvider(), bad.setup) { daemon in
            let grounds = try await Grounds.prepare(daemon)
            let before = try await daemon.everything()
            let refusal = try await bad.ask(grounds).refusal()
            #expect(refusal.code == bad.code, "\(refusal)")
            #expect(try await daemon.everything() == before)
        }
    }

    @Test("a daemon in trouble says so", arguments: ownCases + askingTroubles)
    func troubleIsTold(_ trouble: RefusalCase) async throws {
        try await withDaemon(ScriptedProvider(), trouble.setup) { daemon in
            let grounds = try await Grounds.prepare(daemon)
            let refusal = try await trouble.ask(grounds).refusal()
            #expect(refusal.code == trouble.code, "\(refusal)")
        }
    }

    @Test(
        "a misspelt key is answered with the one that was meant",
        arguments: [
            ("/finetunings", "golden_record", "golden_records"),
            ("/finetunings", "db_conection_id", "db_connection_id"),
            ("/database-connections", "uri", nil), ("/database-connections", "llm_apikey", "llm_api_key"),
        ] as [(String, String, String?)])
    func aMisspeltKeyIsCorrected(_ path: String, _ key: String, _ meant: String?) async throws {
        try await withDaemon { daemon in
            let body = key.split(separator: ".").reversed().reduce(JSONValue.array([])) { value, name in
                .object(JSONObject(members: [.init(name: String(name), value: value)]))
            }
            let refusal = try await daemon.refusal(.post, path, body)
            #expect(refusal.code == .unknownField)
            #expect(refusal.detail["field"]?.string == key)
            #expect(refusal.detail["nearest"]?.string == meant)
        }
    }

    @Test("reads go on while the state cannot be written, and writes go on by themselves once it can")
    func aFullDiskHeals() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            try await daemon.store.execute("PRAGMA max_page_count = 1")
            let body = JSONValue.array((0..<2_000).map { _ in .record(of: library.connection.id) })
            #expect(try await daemon.refusal(.post, "/golden-records", body).code == .storageDegraded)
            let status = try await daemon.client.call(Routes.status)
            #expect(status.storage.state == .degraded)
            #expect(status.storage.message != nil)
            #expect(try await daemon.record(library.records[3].id) == library.records[3])

            try await daemon.store.execute("PRAGMA max_page_count = 1000000")
            #expect(try await daemon.send(.post, "/golden-records", body).status == 201)
            #expect(try await daemon.client.call(Routes.status).storage.state == .healthy)
        }
    }
}

extension StateStore {
    fileprivate func execute(_ sql: String) async throws {
        try await write { db in try db.execute(sql: sql) }
    }
}

private let allCases =
    lineCases + routingCases + absenceCases + conflictCases + inputCases + orderCases + modelRefusals
    + evaluationRefusals + budgetRefusals
    + askingRefusals

private let lineCases: [RefusalCase] = [
    .init(.malformedRequest, "no JSON", line: "hello"),
    .init(.malformedRequest, "no object", line: "[1]"),
    .init(.malformedRequest, "a key twice", line: #"{"id":1,"id":2,"method":"GET","path":"/api/v1/status"}"#),
    .init(.malformedRequest, "too deep", line: String(repeating: "[", count: 65) + String(repeating: "]", count: 65)),
    .init(.malformedRequest, "half an object", line: #"{"id":1,"method":"GET""#),
    .init(.invalidField, "no method", line: #"{"id":1,"path":"/api/v1/status"}"#),
    .init(.invalidField, "an unknown method", line: #"{"id":1,"method":"PATCH","path":"/api/v1/status"}"#),
    .init(.invalidField, "an id of another type", line: #"{"id":[],"method":"GET","path":"/api/v1/status"}"#),
    .init(.invalidField, "no path", line: #"{"id":1,"method":"GET"}"#),
    .init(.unknownField, "a key in the envelope", line: #"{"id":1,"methods":"GET","path":"/api/v1/status"}"#),
    .init(.lineTooLong, "a long line", line: #"{"id":1,"pad":""# + String(repeating: "x", count: 1 << 20) + "\"}"),
]

private let routingCases: [RefusalCase] = [
    .init(.unknownRoute, "a path that is near one", .get, "/finetuning"),
    .init(.unknownRoute, "no path of ours", .get, "/"),
    .init(.unknownRoute, "a deeper path", .get, "/finetunings/0123456789abcdef01234567/parts"),
    .init(.methodNotAllowed, "the wrong method", .put, "/golden-records"),
    .init(.methodNotAllowed, "a literal is no id", .get, "/finetunings/plan"),
    .init(.requestNotFound, "no such stream", .delete, "/requests/4711"),
    .init(.forbidden, "a reader who writes", Setup(role: .operate)) { grounds in
        let service = RoleService(service: grounds.daemon.core.service, role: .reader)
        let path = grounds.daemon.workplace.path + "/other"
        let listener = try await LineListener.start(on: .path(path), service: service)
        let client = try await FinetuneClient.connect(toUnixSocket: path)
        let reply = try await client.send(
            .delete, "/api/v1/database-connections/\(grounds.spare)")
        await client.close()
        try await listener.shutdown(within: .seconds(5))
        return reply
    },
    .init(.tooManyRequests, "too many connections") { grounds in
        var limits = LineLimits()
        limits.connections = 1
        let path = grounds.daemon.workplace.path + "/other"
        let listener = try await LineListener.start(
            on: .path(path), service: grounds.daemon.core.service, limits: limits)
        let first = try await FinetuneClient.connect(toUnixSocket: path)
        _ = try await first.send(.get, "/api/v1/heartbeat")
        let second = try await RawConnection.connect(toUnixSocket: path)
        let reply = try #require(try await second.reply())
        #expect(try await second.reply() == nil)
        await first.close()
        try await listener.shutdown(within: .seconds(5))
        return reply
    },
    .init(.streamLagged, "a stream whose reader does not read", .impatient) { grounds in
        try await grounds.daemon.addLongEvents(to: grounds.waiting)
        let reader = try await grounds.daemon.lagging(
            on: Routes.finetuningEvents.signature.path.path(grounds.waiting.description))
        var reply = try await reader.reply()
        while reply?.isPartial == true { reply = try await reader.reply() }
        try await reader.close()
        return try #require(reply)
    },
    .init(.streamEnded, "a stream that another request ends") { grounds in
        let client = try await grounds.daemon.connect()
        let path = Routes.finetuningEvents.signature.path.path(grounds.waiting.description)
        let stream = client.stream(.get, path + "?follow=true")
        var last: Reply?
        for try await reply in stream {
            if last == nil {
                let ended = try await client.call(Routes.endRequest, reply.id.pathText)
                #expect(ended == EndedRequest(id: reply.id.pathText))
            }
            last = reply
        }
        await client.close()
        return try #require(last)
    },
]

private let absence = ObjectID(seconds: 1, suffix: 1)

private let absenceCases: [RefusalCase] = [
    .init(.databaseConnectionNotFound, "read", .get, "/database-connections/\(absence)"),
    .init(.databaseConnectionNotFound, "changed", .put, "/database-connections/\(absence)", body: ["alias": "x"]),
    .init(.databaseConnectionNotFound, "deleted", .delete, "/database-connections/\(absence)"),
    .init(.databaseConnectionNotFound, "a record's", .post, "/golden-records", body: [.record(of: absence)]),
    .init(.databaseConnectionNotFound, "one record's of two", .post, "/golden-records") { grounds in
        [.record(of: grounds.library.connection.id), .record(of: absence)]
    },
    .init(.databaseConnectionNotFound, "a table's", .post, "/table-descriptions", body: .table(of: absence)),
    .init(
        .databaseConnectionNotFound, "a scan's", .post, "/table-descriptions/sync-schemas",
        body: ["db_connection_id": .id(absence)]),
    .init(
        .databaseConnectionNotFound, "a refresh's", .post, "/table-descriptions/refresh",
        body: ["db_connection_id": .id(absence)]),
    .init(
        .databaseConnectionNotFound, "an order's", .post, "/finetunings", body: ["db_connection_id": .id(absence)]),
    .init(
        .databaseConnectionNotFound, "a plan's", .post, "/finetunings/plan",
        body: ["db_connection_id": .id(absence)]),
    .init(.tableDescriptionNotFound, "read", .get, "/table-descriptions/\(absence)"),
    .init(.tableDescriptionNotFound, "changed", .put, "/table-descriptions/\(absence)", body: ["description": "x"]),
    .init(.tableDescriptionNotFound, "deleted", .delete, "/table-descriptions/\(absence)"),
    .init(.goldenRecordNotFound, "read", .get, "/golden-records/\(absence)"),
    .init(.goldenRecordNotFound, "changed", .put, "/golden-records/\(absence)", body: ["sql": "SELECT 1"]),
    .init(.goldenRecordNotFound, "deleted", .delete, "/golden-records/\(absence)"),
    .init(.goldenRecordNotFound, "ordered", .post, "/finetunings") { grounds in
        .order(of: grounds.library.connection.id, records: grounds.library.records.map(\.id) + [absence])
    },
    .init(.finetuningNotFound, "read", .get, "/finetunings/\(absence)"),
    .init(.finetuningNotFound, "read by its other name", .get, "/finetuning-jobs/\(absence)"),
    .init(.finetuningNotFound, "changed", .put, "/finetunings/\(absence)", body: ["metadata": ["a": 1]]),
    .init(.finetuningNotFound, "deleted", .delete, "/finetunings/\(absence)"),
    .init(.finetuningNotFound, "cancelled", .post, "/finetunings/\(absence)/cancel"),
    .init(.finetuningNotFound, "its events", .get, "/finetunings/\(absence)/events?follow=true"),
    .init(.finetuningNotFound, "its checkpoints", .get, "/finetunings/\(absence)/checkpoints"),
    .init(.finetuningNotFound, "its file", .get, "/finetunings/\(absence)/file"),
    .init(.trainingFileNotFound, "gone from the disk") { grounds in
        let id = grounds.succeeded.description
        try FileRemoval.remove(grounds.daemon.workplace.stateDirectory + "/training-files/\(id).jsonl")
        return try await grounds.daemon.send(.get, "/finetunings/\(id)/file")
    },
]

private let conflictCases: [RefusalCase] = [
    .init(.aliasInUse, "a connection's, for a new one", .post, "/database-connections") { grounds in
        ["alias": "library", "connection_uri": .string(try grounds.daemon.workplace.database("other.sqlite"))]
    },
    .init(.idempotencyConflict, "another request under the same key") { grounds in
        let path = "/api/v1/finetunings/plan"
        let plan: JSONValue = ["db_connection_id": .string(grounds.library.connection.id.description)]
        let first = try await grounds.daemon.client.send(.post, path, body: plan, idempotencyKey: "k")
        #expect(first.status == 200)
        return try await grounds.daemon.client.send(.post, path, body: [:], idempotencyKey: "k")
    },
    .init(.aliasInUse, "a connection's, for another") { grounds in
        try await grounds.daemon.send(.put, "/database-connections/\(grounds.spare)", ["alias": "library"])
    },
    .init(.aliasInUse, "a finetuning's", .post, "/finetunings") { grounds in
        .order(of: grounds.library.connection.id, alias: "first")
    },
    .init(.aliasInUse, "a table described twice", .post, "/table-descriptions") { grounds in
        .table(of: grounds.library.connection.id, name: "books")
    },
    .init(.resourceInUse, "a connection with records") { grounds in
        try await grounds.daemon.send(.delete, "/database-connections/\(grounds.library.connection.id)")
    },
    .init(.resourceInUse, "a record that is trained on") { grounds in
        try await grounds.daemon.send(.delete, "/golden-records/\(grounds.library.records[0].id)")
    },
    .init(.finetuningInProgress, "deleted while under way") { grounds in
        try await grounds.daemon.send(.delete, "/finetunings/\(grounds.waiting)")
    },
    .init(.finetuningNotCancellable, "over already") { grounds in
        try await grounds.daemon.send(.post, "/finetunings/\(grounds.succeeded)/cancel")
    },
]

private let ownCases: [RefusalCase] = [
    .init(.storageDegraded, "a full disk") { grounds in
        try await grounds.daemon.store.execute("PRAGMA max_page_count = 1")
        let records = JSONValue.array((0..<2_000).map { _ in .record(of: grounds.library.connection.id) })
        return try await grounds.daemon.send(.post, "/golden-records", records)
    },
    .init(.internalError, "a state that somebody else wrote to") { grounds in
        try await grounds.daemon.store.execute("UPDATE golden_records SET metadata = '{'")
        return try await grounds.daemon.send(.get, "/golden-records/\(grounds.library.records[0].id)")
    },
    .init(.shuttingDown, "a daemon that ends") { grounds in
        grounds.daemon.core.endStreams()
        return try await grounds.daemon.send(.get, "/finetunings/\(grounds.waiting)/events?after=1000&follow=true")
    },
    .init(.finetuningNotCancellable, "cancelled already") { grounds in
        _ = try await grounds.daemon.cancel(grounds.waiting)
        return try await grounds.daemon.send(.post, "/finetunings/\(grounds.waiting)/cancel")
    },
    .init(.trainingFileNotFound, "not made yet", Setup()) { grounds in
        // A file that cannot be written keeps the finetuning at its first step.
        let folder = grounds.daemon.workplace.stateDirectory + "/training-files"
        try FileRemoval.replaceFolderByFile(folder)
        let order = try await grounds.daemon.order(grounds.library.connection.id, alias: "third")
        return try await grounds.daemon.send(.get, "/finetunings/\(order.id)/file")
    },
]
