import NIOHTTP1
import Testing

@testable import finetune_sandbox

@Suite struct FaultRulesTests {
    @Test(
        "a pattern's stars stand for text within a segment, or for any text",
        arguments: [
            ("*", "/v1/files/a/content", true),
            ("/v1/files", "/v1/files", true),
            ("/v1/files", "/v1/files/a", false),
            ("/v1/files/*", "/v1/files/a", true),
            ("/v1/files/*", "/v1/files/a/content", false),
            ("/v1/files/**", "/v1/files/a/content", true),
            ("/v1/files/*/content", "/v1/files/a/content", true),
            ("/v1/*/a", "/v1/b/a", true),
            ("/v1/fi*s", "/v1/files", true),
            ("**/cancel", "/v1/fine_tuning/jobs/j/cancel", true),
            ("", "/v1/files", false),
        ])
    func patterns(pattern: String, path: String, matches: Bool) {
        #expect(PathPattern(text: pattern).matches(path) == matches)
    }

    @Test func aRuleSkipsThenFiresThenIsSpent() {
        var rules = FaultRules()
        rules.add(FaultRule(method: "GET", skip: 1, times: 2, fault: .dropBefore))
        let taken = (0..<4).map { _ in rules.take(method: .GET, path: "/v1/models") }
        #expect(taken == [nil, .dropBefore, .dropBefore, nil])
        #expect(rules.rules.isEmpty)
    }

    @Test func theFirstRuleThatFiresDecides() {
        var rules = FaultRules()
        rules.add(FaultRule(skip: 1, fault: .truncate))
        rules.add(FaultRule(fault: .dropAfter))
        #expect(rules.take(method: .POST, path: "/v1/files") == .dropAfter)
        #expect(rules.take(method: .POST, path: "/v1/files") == .truncate)
        #expect(rules.take(method: .POST, path: "/v1/files") == nil)
    }

    @Test func aRuleForAnotherMethodOrPathIsLeftAlone() {
        var rules = FaultRules()
        rules.add(FaultRule(method: "POST", path: PathPattern(text: "/v1/files"), fault: .dropBefore))
        #expect(rules.take(method: .GET, path: "/v1/files") == nil)
        #expect(rules.take(method: .POST, path: "/v1/models") == nil)
        #expect(rules.rules.count == 1)
    }

    @Test(
        "every fault is read from JSON",
        arguments: [
            (#"{"type":"drop_before"}"#, Fault.dropBefore),
            (#"{"type":"drop_after"}"#, .dropAfter),
            (#"{"type":"truncate"}"#, .truncate),
            (#"{"type":"delay","seconds":0.5}"#, .delay(seconds: 0.5)),
            (#"{"type":"slow_body","bytes_per_second":10}"#, .slowBody(bytesPerSecond: 10)),
            (#"{"type":"redirect","location":"/x"}"#, .redirect(location: "/x")),
            (
                #"{"type":"status","status":503,"retry_after":2}"#,
                .status(Fault.CannedAnswer(status: 503, retryAfter: 2))
            ),
        ])
    func read(json: String, fault: Fault) throws {
        let rule = try FaultRule(requestObject(#"{"method":"get","path":"/v1/*","fault":\#(json)}"#))
        #expect(rule == FaultRule(method: "GET", path: PathPattern(text: "/v1/*"), fault: fault))
    }

    @Test(
        "a rule with a wrong key or value is refused",
        arguments: [
            "{}", #"{"fault":{"type":"explode"}}"#, #"{"fault":{"type":"delay"}}"#,
            #"{"fault":{"type":"truncate","seconds":1}}"#, #"{"fault":{"type":"status","status":99}}"#,
            #"{"fault":{"type":"truncate"},"times":0}"#, #"{"fault":{"type":"truncate"},"pth":"/"}"#,
        ])
    func refused(json: String) {
        #expect(throws: APIError.self) { try FaultRule(requestObject(json)) }
    }
}
