import FoundationEssentials
import Jobs
import Providers
import Testing

@Suite("What requests show of themselves")
struct SecrecyTests {
    private let request = HTTPRequest(
        .post, "https://service.test/v1/jobs?token=hidden-query", headers: ["X-Key": "hidden-header"],
        bearer: Secret("hidden-key"), body: .bytes(Data("hidden-body".utf8), contentType: "text/plain"))

    @Test("a request prints its method and address, however it is printed")
    func printedRequest() {
        var dumped = ""
        dump(request, to: &dumped)
        for text in ["\(request)", String(describing: request), String(reflecting: request), dumped] {
            #expect(text.contains("POST https://service.test/v1/jobs"))
            #expect(!text.contains("hidden"))
        }
    }

    @Test("a configuration with a proxy's password does not print it")
    func printedProxy() {
        var configuration = TransportConfiguration()
        configuration.proxy = .address(Secret("http://user:hidden@proxy.test"))
        var dumped = ""
        dump(configuration, to: &dumped)
        #expect(!dumped.contains("hidden"))
        #expect(!"\(configuration)".contains("hidden"))
    }
}
