import Testing

@testable import Providers

@Suite("Addresses of services")
struct ServiceAddressTests {
    @Test(
        "an absolute address is taken without the slash at its end",
        arguments: [
            ("https://api.example.com/v1", "https://api.example.com/v1"),
            ("http://127.0.0.1:8080/v1//", "http://127.0.0.1:8080/v1"), ("HTTPS://host", "https://host"),
            ("http://[::1]:80/", "http://[::1]:80"),
        ])
    func usable(text: String, address: String) {
        #expect(ServiceAddress(text)?.description == address)
    }

    @Test(
        "what a key must not be sent to is refused",
        arguments: [
            "", "api.example.com", "ftp://host/v1", "https://", "https:///v1", "http://:80", "https://user@host/v1",
            "https://host/v1?a=b", "https://host/v1#a", "https://ho st/", "https://host/\n",
        ])
    func unusable(text: String) {
        #expect(ServiceAddress(text) == nil)
    }

    @Test("parts of a path and items of a query arrive as they were")
    func encoding() throws {
        let address = try #require(ServiceAddress("https://host/v1"))
        let call = OpenAICall.get("models", "ft:gpt/ü?", query: [("metadata[id]", "a b&c"), ("limit", "1")])
        #expect(
            call.url(at: address)
                == "https://host/v1/models/ft%3Agpt%2F%C3%BC%3F?metadata%5Bid%5D=a%20b%26c&limit=1")
    }
}
