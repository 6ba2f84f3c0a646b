import NIOHTTP1

extension Sandbox {
    func complete(_ request: ChatRequest) throws(APIError) -> Response {
        let answer = try answeringModel(request.model).answer(to: request.question)
        let name = BaseModel(named: request.model)?.id ?? request.model
        let usage = Usage(promptTokens: request.promptTokens, completionTokens: ApproximateTokens.count(answer))
        guard request.streams else { return .json(ChatCompletion(model: name, answer: answer, usage: usage)) }
        let events = ChatCompletionChunk.events(
            model: name, answer: answer, usage: request.includesUsage ? usage : nil)
        return Response(headers: ["content-type": "text/event-stream"], body: .events(events))
    }
}
