import Testing

@testable import Providers

@Suite("Requests to this host")
struct LoopbackTests {
    @Test(
        "the environment's proxy is for other hosts",
        arguments: [
            ("http://127.0.0.1:8080/v1", true), ("http://localhost/", true), ("https://[::1]:443/", true),
            ("https://api.openai.com/v1", false), ("https://localhost.example.com/", false), ("", false),
        ])
    func staysOnThisHost(url: String, expected: Bool) {
        #expect(HTTPRequest(.get, url).staysOnThisHost == expected)
    }
}
