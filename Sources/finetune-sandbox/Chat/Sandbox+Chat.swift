import NIOHTTP1

extension Sandbox {
    /// Answers a question; `text` stands in place of the model's own answer, if there is any.
    func complete(_ request: ChatRequest, answering text: String? = nil) throws(APIError) -> Response {
        let own = try answeringModel(request.model).answer(to: request.question)
        let answer = text ?? own.text
        let probability = request.includesProbabilities ? own.probability : nil
        let name = BaseModel(named: request.model)?.id ?? request.model
        let usage = Usage(promptTokens: request.promptTokens, completionTokens: ApproximateTokens.count(answer))
        guard request.streams else {
            return .json(ChatCompletion(model: name, answer: answer, usage: usage, probability: probability))
        }
        let events = ChatCompletionChunk.events(
            model: name, answer: answer, usage: request.includesUsage ? usage : nil, probability: probability)
        return Response(headers: ["content-type": "text/event-stream"], body: .events(events))
    }
}
