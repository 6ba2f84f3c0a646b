internal import FoundationEssentials
internal import Jobs
internal import Synchronization

/// A model's answer while it comes in, event by event.
final class ChatStream: Sendable {
    /// Why an answer that was begun has no end.
    enum Breach: Error {
        /// The stream ended before the word that ends it.
        case incomplete
        /// An event is not what the contract promises.
        case unreadable
        /// The service broke off, and says why.
        case error(OpenAIContract.Details)
    }

    fileprivate struct State {
        var events = ServerSentEvents()
        var text: String?
        var usage: Completion.Usage?
        var confidence = Confidence()
        var isComplete = false
        var breach: Breach?
    }

    private static let end = "[DONE]"

    private let listener: CompletionListener
    private let state = Mutex(State())

    init(telling listener: @escaping CompletionListener) {
        self.listener = listener
    }

    /// Takes a piece of the body, and tells the text in it.
    func take(_ piece: UnsafeRawBufferPointer) {
        let text = state.withLock { state in
            state.events.append(piece).compactMap { state.take($0, end: Self.end) }.joined()
        }
        if !text.isEmpty { listener(text) }
    }

    /// The whole answer, once the body has ended.
    func completion(orElse error: (Breach) -> ProviderError) throws(ProviderError) -> Completion {
        let result: Result<Completion, Breach> = state.withLock { state in
            if let breach = state.breach { return .failure(breach) }
            guard state.isComplete else { return .failure(.incomplete) }
            return .success(
                Completion(text: state.text ?? "", usage: state.usage, confidence: state.confidence.value))
        }
        switch result {
        case .success(let completion): return completion
        case .failure(let breach): throw error(breach)
        }
    }
}

extension ChatStream.State {
    /// Takes one event, and returns the text in it.
    fileprivate mutating func take(_ event: String, end: String) -> String? {
        if event == end {
            isComplete = true
            return nil
        }
        let chunk: OpenAIContract.ChatChunk
        do {
            chunk = try JSONDecoder().decode(OpenAIContract.ChatChunk.self, from: Data(event.utf8))
        } catch {
            breach = breach ?? .unreadable
            return nil
        }
        if let details = chunk.error { breach = breach ?? .error(details) }
        if let usage = chunk.usage?.usage { self.usage = usage }
        guard let choice = chunk.choices?.first else { return nil }
        confidence.add(choice.logprobs)
        guard let piece = choice.delta?.content else { return nil }
        text = (text ?? "") + piece
        return piece
    }
}
