internal import FoundationEssentials
internal import Identifiers
internal import Jobs

/// Sends calls of the contract and makes of each either the object that was asked for or a `ProviderError`.
struct OpenAIClient: Sendable {
    let configuration: OpenAIConfiguration
    let transport: CurlTransport
    let daemonKey: ReplaceableKey

    /// Makes a call and reads the object in its answer.
    func call<Object: Decodable>(
        _ call: OpenAICall, as account: ProviderAccount
    ) async throws(ProviderError) -> Object {
        let key = try key(of: account)
        let response = try await send(call, key)
        return try OpenAIAnswer(response: response, key: key).object(Object.self)
    }

    /// Asks for an answer that comes in pieces, each of which is told.
    func stream(
        _ call: OpenAICall, as account: ProviderAccount, telling listener: @escaping CompletionListener
    ) async throws(ProviderError) -> Completion {
        let key = try key(of: account)
        let stream = ChatStream(telling: listener)
        let response = try await send(call, key) { stream.take($0) }
        let answer = OpenAIAnswer(response: response, key: key)
        guard answer.isEventStream else {
            // A service that does not stream sends the answer whole.
            let completion = try answer.object(OpenAIContract.ChatAnswer.self).completion
            listener(completion.text)
            return completion
        }
        return try stream.completion { answer.lost($0) }
    }

    /// Makes text from the provider fit to be stored and shown: without the key of `account`, and not too long.
    func presenter(for account: ProviderAccount) throws(ProviderError) -> (String) -> String {
        let key = try key(of: account)
        return { ProviderText.presentable($0, hiding: key) }
    }

    /// A body of JSON.
    func json(_ object: some Encodable) throws(ProviderError) -> HTTPRequest.Body {
        do {
            return .bytes(try JSONEncoder().encode(object), contentType: "application/json")
        } catch {
            // A number that JSON cannot write, such as infinity, is all that can fail.
            throw .refused(ProviderComplaint("the request cannot be written as JSON", code: "invalid_request"))
        }
    }

    private func send(
        _ call: OpenAICall, _ key: Secret, watching watcher: BodyWatcher? = nil
    ) async throws(ProviderError) -> HTTPResponse {
        do {
            return try await transport.send(request(call, key), watching: watcher)
        } catch {
            throw ProviderError(error, at: configuration.address)
        }
    }

    private func request(_ call: OpenAICall, _ key: Secret) -> HTTPRequest {
        var headers: HTTPHeaders = ["Accept": "application/json"]
        if let organization = configuration.organization { headers.add("OpenAI-Organization", organization) }
        if let project = configuration.project { headers.add("OpenAI-Project", project) }
        return HTTPRequest(
            call.method, call.url(at: configuration.address), headers: headers, bearer: key, body: call.body,
            timeout: call.timeout ?? configuration.callTimeout, mayBeSentTwice: call.mayBeSentTwice)
    }

    private func key(of account: ProviderAccount) throws(ProviderError) -> Secret {
        switch account {
        case .own(let key, _): return key
        case .unreadable: throw .unauthorized(ProviderComplaint("the connection's key cannot be read"))
        case .daemon:
            guard let key = daemonKey.current else {
                throw .unauthorized(ProviderComplaint("the daemon has no API key for this provider"))
            }
            return key
        }
    }
}

extension ProviderError {
    /// What a call without an answer means.
    init(_ error: TransportError, at address: ServiceAddress) {
        let complaint = ProviderComplaint("\(address): \(error)")
        switch error {
        case .cancelled: self = .cancelled
        case .beforeSending, .unreadableFile: self = .unavailable(complaint, retryAfter: nil)
        case .answerLost, .answerTooLarge: self = .answerLost(complaint, retryAfter: nil)
        }
    }
}
