import FinetuneAPI
import Identifiers
import Testing

@Suite("Routes")
struct RouteTests {
    @Test("without parameter, query or body make the plain path")
    func plain() throws {
        let request = try Routes.heartbeat.request(query: Nothing(), body: Nothing())
        #expect(request == Request(method: .get, path: "/api/v1/heartbeat"))
    }

    @Test("put the id in its place")
    func parameter() throws {
        let request = try Routes.cancelFinetuning.request(Sample.id, query: Nothing(), body: Nothing())
        #expect(request == Request(method: .post, path: "/api/v1/finetunings/6579eb39a1b2c3d4e5f60718/cancel"))
    }

    @Test("encode a parameter that is any text")
    func textParameter() throws {
        let request = try Routes.endRequest.request("a/b é", query: Nothing(), body: Nothing())
        #expect(request.path == "/api/v1/requests/a%2Fb%20%C3%A9")
        #expect(try RequestTarget(request.path).segments.last == "a/b é")
    }

    @Test("write just what the query says")
    func query() throws {
        let all = FinetuningPaging(databaseConnection: Sample.id, status: .validatingFiles, page: 2, limit: 50)
        #expect(
            try Routes.listFinetunings.request(query: all, body: Nothing()).path
                == "/api/v1/finetunings?db_connection_id=6579eb39a1b2c3d4e5f60718&status=validating_files&page=2&limit=50"
        )
        #expect(
            try Routes.listFinetunings.request(query: FinetuningPaging(), body: Nothing()).path
                == "/api/v1/finetunings")
        let events = try Routes.finetuningEvents.request(
            Sample.id, query: EventsQuery(after: 12, follow: true), body: Nothing())
        #expect(events.path.hasSuffix("/events?after=12&follow=true"))
    }

    @Test("write just what the body says")
    func body() throws {
        let order = NewFinetuning(
            databaseConnection: Sample.id, baseLLM: BaseLLM(modelParameters: ModelParameters(epochs: "1")))
        let request = try Routes.createFinetuning.request(query: Nothing(), body: order)
        #expect(request.method == .post)
        #expect(
            request.body == [
                "db_connection_id": "6579eb39a1b2c3d4e5f60718",
                "base_llm": ["model_parameters": ["n_epochs": "1"]],
            ])
    }

    @Test("keep null in a body where it clears a field")
    func clearing() throws {
        let changes = DatabaseConnectionChanges(llmAPIKey: .cleared)
        let request = try Routes.changeConnection.request(Sample.id, query: Nothing(), body: changes)
        #expect(request.method == .put)
        #expect(request.body == ["llm_api_key": .null])
    }

    @Test("take an array where many are made at once")
    func arrays() throws {
        let record = NewGoldenRecord(databaseConnection: Sample.id, promptText: "q", sql: "SELECT 1")
        let request = try Routes.createRecords.request(query: Nothing(), body: [record, record])
        #expect(request.body?.array?.count == 2)
    }

    @Test("are all different, and of the documented number")
    func distinct() {
        let names = Routes.all.map { "\($0.method.rawValue) \($0.path.description)" }
        #expect(Set(names).count == names.count)
        #expect(names.count == 65)
        #expect(names.contains("GET /api/v1/finetunings/{id}/events"))
    }

    @Test(
        "that read ask for no more than a reader; those that ask models or run their SQL, for an agent; the rest for more"
    )
    func roles() {
        let running = [Routes.executeGeneration.signature, Routes.generationCSV.signature]
        for route in Routes.all where route.path != Routes.endRequest.signature.path {
            let path = route.path.description
            let isAsking = ["/api/v1/prompts", "/api/v1/sql-generations"].contains { path.hasPrefix($0) }
            let changing = isAsking ? Role.agent : path.hasPrefix("/api/v1/admin/") ? .admin : .operate
            let needed = route.method == .get && !running.contains(route) ? .reader : changing
            #expect(route.role == needed, "\(path)")
        }
        #expect(Role.allCases == Role.allCases.sorted())
    }

    @Test("take a body where they create or change by one")
    func bodies() {
        let without = Routes.all.filter { ($0.method == .post || $0.method == .put) && !$0.takesBody }
        let bare = [
            Routes.cancelFinetuning.signature, Routes.backUp.signature, Routes.check.signature,
            Routes.cancelEvaluation.signature,
        ]
        #expect(without == bare)
        #expect(!Routes.all.contains { ($0.method == .get || $0.method == .delete) && $0.takesBody })
    }

    @Test("refuse a path parameter that is no id")
    func wrongParameter() throws {
        let error = try #require(throws: APIError.self) { try ObjectID(pathText: "7") }
        #expect(error.code == .invalidObjectID)
    }

    @Test("without parameters refuse any key")
    func nothing() throws {
        let error = try #require(throws: APIError.self) { try WireDecoder().decode(Nothing.self, from: ["a": 1]) }
        #expect(error.code == .unknownField)
    }
}
