import Spelling

/// One call of the contract, without what every call has: the address and the key.
struct OpenAICall {
    var method: HTTPRequest.Method
    /// The parts of the path after the service's address, not yet encoded.
    var path: [String]
    /// The items of the query, not yet encoded.
    var query: [(name: String, value: String)] = []
    var body: HTTPRequest.Body = .none
    /// The longest time, in place of the configured one for calls.
    var timeout: Duration?
    /// Whether nothing is lost if a lost connection makes it arrive twice.
    var mayBeSentTwice = false

    static func get(_ path: String..., query: [(name: String, value: String)] = []) -> OpenAICall {
        OpenAICall(method: .get, path: path, query: query)
    }

    static func post(_ path: String..., body: HTTPRequest.Body = .none, timeout: Duration? = nil) -> OpenAICall {
        OpenAICall(method: .post, path: path, body: body, timeout: timeout)
    }

    static func delete(_ path: String...) -> OpenAICall {
        OpenAICall(method: .delete, path: path)
    }

    func url(at address: ServiceAddress) -> String {
        let path = path.map { "/" + PercentCoding.encode($0) }.joined()
        let items = query.map { PercentCoding.encode($0.name) + "=" + PercentCoding.encode($0.value) }
        return address.description + path + (items.isEmpty ? "" : "?" + items.joined(separator: "&"))
    }
}
