import Identifiers
import Testing

@testable import Providers

@Suite("Retry-After")
struct RetryAfterTests {
    private static let now = Timestamp("2026-11-23T15:00:00")

    @Test(
        "a wish is read in seconds, in milliseconds or as a date; what is no wish is none",
        arguments: [
            (["Retry-After": "20"], Duration.seconds(20)), (["retry-after": "0.5"], .milliseconds(500)),
            (["Retry-After-Ms": "250", "Retry-After": "20"], .milliseconds(250)), (["Retry-After": "0"], .zero),
            (["Retry-After": "Mon, 23 Nov 2026 15:00:30 GMT"], .seconds(30)),
            (["Retry-After": "Mon, 23 Nov 2026 14:00:00 GMT"], .zero),
            (["Retry-After": "Mon, 23 Nov 2099 14:00:00 GMT"], .seconds(86_400)),
            (["Retry-After": "1e300"], .seconds(86_400)), (["Retry-After": "-1"], nil), (["Retry-After": "nan"], nil),
            (["Retry-After": "soon"], nil), (["Retry-After": "Mon, 31 Feb 2026 15:00:00 GMT"], nil), ([:], nil),
        ] as [([String: String], Duration?)])
    func delay(fields: [String: String], expected: Duration?) throws {
        var headers = HTTPHeaders()
        for (name, value) in fields { headers.add(name, value) }
        #expect(RetryAfter.delay(headers, now: try #require(Self.now)) == expected)
    }
}
