import NIOHTTP1
import Testing

@testable import finetune_sandbox

@Suite struct RouteTests {
    @Test(
        "every endpoint has its route",
        arguments: [
            (HTTPMethod.POST, "/v1/files", Route.provider(.createFile)),
            (.GET, "/v1/files", .provider(.listFiles)),
            (.GET, "/v1/files/file-1", .provider(.file(id: "file-1"))),
            (.DELETE, "/v1/files/file-1", .provider(.deleteFile(id: "file-1"))),
            (.GET, "/v1/files/file-1/content", .provider(.fileContent(id: "file-1"))),
            (.POST, "/v1/fine_tuning/jobs", .provider(.createJob)),
            (.GET, "/v1/fine_tuning/jobs", .provider(.listJobs)),
            (.GET, "/v1/fine_tuning/jobs/j", .provider(.job(id: "j"))),
            (.POST, "/v1/fine_tuning/jobs/j/cancel", .provider(.cancelJob(id: "j"))),
            (.POST, "/v1/fine_tuning/jobs/j/pause", .provider(.pauseJob(id: "j"))),
            (.POST, "/v1/fine_tuning/jobs/j/resume", .provider(.resumeJob(id: "j"))),
            (.GET, "/v1/fine_tuning/jobs/j/events", .provider(.jobEvents(id: "j"))),
            (.GET, "/v1/fine_tuning/jobs/j/checkpoints", .provider(.jobCheckpoints(id: "j"))),
            (.GET, "/v1/models", .provider(.listModels)),
            (.GET, "/v1/models/ft%3Agpt-4o%3Ax", .provider(.model(id: "ft:gpt-4o:x"))),
            (.DELETE, "/v1/models/m", .provider(.deleteModel(id: "m"))),
            (.POST, "/v1/chat/completions", .provider(.chatCompletion)),
            (.POST, "/_sandbox/faults", .control(.addFault)),
            (.DELETE, "/_sandbox/jobs/j", .control(.removeJob(id: "j"))),
            (.PUT, "/_sandbox/speed", .control(.setSpeed)),
        ])
    func routes(method: HTTPMethod, path: String, route: Route) throws {
        #expect(try Route(method: method, path: path) == route)
    }

    @Test(
        "a path without an endpoint is unknown",
        arguments: ["/", "/v1", "/v1/", "/v2/files", "/v1/files/a/b", "/v1/fine_tuning", "/v1/chat/x", "/_sandbox/x"])
    func unknown(path: String) {
        #expect(throws: Route.Refusal.unknownURL) { try Route(method: .GET, path: path) }
    }

    @Test func anotherMethodIsNotAllowed() {
        #expect(throws: Route.Refusal.methodNotAllowed(allowed: ["GET", "POST"])) {
            try Route(method: .DELETE, path: "/v1/files")
        }
    }

    @Test func queriesAreDecoded() {
        let query = Query("metadata%5Bfinetuning%5D=a%20b+c&limit=3&after")
        #expect(query.metadata == ["finetuning": "a b c"])
        #expect(query["limit"] == "3")
        #expect(query["after"] == "")
        #expect(percentDecoded("100%zz%") == "100%zz%")
    }
}
