import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("routing")
struct RouterTests {
    private let router = Router(
        Routes.all.map { Endpoint(signature: $0, answer: { _, _ in [] }, immediateAnswer: nil) })

    @Test("every route is found by its path, with what stands in the place of its parameter", arguments: Routes.all)
    func everyRouteIsFound(_ route: RouteSignature) throws {
        let hasParameter = route.path.description.contains("{")
        let found = try router.find(route.method, RequestTarget(route.path.path("a b/c")))
        #expect(found.endpoint.signature == route)
        #expect(found.parameter == (hasParameter ? "a b/c" : nil))
    }

    @Test("a literal wins over a parameter, and a parameter takes the rest")
    func aLiteralWins() throws {
        let plan = try router.find(.post, RequestTarget("/api/v1/finetunings/plan"))
        #expect(plan.endpoint.signature == Routes.planFinetuning.signature)
        let events = try router.find(.get, RequestTarget("/api/v1/finetunings/plan/events"))
        #expect(events.endpoint.signature == Routes.finetuningEvents.signature)
        #expect(events.parameter == "plan")
    }

    @Test(
        "an unknown path is refused with the nearest route",
        arguments: [
            ("/api/v1/finetuning", "/api/v1/finetunings"),
            ("/api/v1/goldn-records", "/api/v1/golden-records"),
            ("/api/v1/hartbeat", "/api/v1/heartbeat"),
            ("/api/v2/status", "/api/v1/status"),
            ("/completely/elsewhere/and/far/away", nil),
        ])
    func anUnknownPathIsRefused(_ path: String, _ nearest: String?) throws {
        let error = try #require(throws: APIError.self) { try router.find(.get, RequestTarget(path)) }
        #expect(error.code == .unknownRoute)
        #expect(error.detail["path"]?.string == path)
        #expect(error.remedy == nearest.map { "Did you mean \($0)?" } ?? "Paths begin with /api/v1/.")
    }

    @Test("a method that a path lacks is refused with those that it has")
    func aWrongMethodIsRefused() throws {
        let target = try RequestTarget("/api/v1/golden-records/1?page=2")
        let error = try #require(throws: APIError.self) { try router.find(.post, target) }
        #expect(error.code == .methodNotAllowed)
        #expect(error.detail["allowed"] == ["DELETE", "GET", "PUT"])
    }
}
