import Jobs
import Synchronization
import TrainingData

/// What is said to a model and by it, until there is an answer that can be used or no further attempt. Decides alone.
struct Conversation {
    private let prompt: PromptMessages
    private let maximumTokens: Int
    private let model: ProviderModelID
    private let measuresConfidence: Bool
    private var tokens: Int?
    private var steps: [SQLGeneration.Step] = []

    /// Begins with the prompt that the model was trained with.
    init(_ order: SQLGenerator.Order, _ prompt: FittedPrompt) {
        self.prompt = prompt.messages
        maximumTokens = order.model.recipe.limit.answerReserve
        model = order.model.asked.name
        measuresConfidence = order.measuresConfidence
    }

    /// The attempt that comes next, from 1.
    var attempt: Int { steps.count + 1 }

    /// What to ask next. The question stands again behind what was wrong: the model learned to answer what comes last.
    var request: CompletionRequest {
        var messages: [CompletionRequest.Message] = [.init(.system, prompt.system), .init(.user, prompt.user)]
        for step in steps {
            messages.append(.init(.assistant, step.answer))
            messages.append(
                .init(
                    .user,
                    "Your answer cannot be used: \(step.error). Answer with one statement that only reads.\n\n"
                        + prompt.user))
        }
        return CompletionRequest(
            model: model, messages: messages, maximumTokens: maximumTokens, measuresConfidence: measuresConfidence)
    }

    /// Takes an answer. What came of the conversation, unless the model is to be asked again.
    mutating func take(
        _ completion: Completion, _ sql: String, _ verdict: SQLGeneration.Verdict
    ) -> SQLGeneration.Outcome? {
        if let usage = completion.usage { tokens = (tokens ?? 0).addingTokens(usage.total) }
        if case .invalid(let reason) = verdict, attempt < SQLGenerator.attempts {
            steps.append(SQLGeneration.Step(answer: completion.text, error: reason))
            return nil
        }
        return SQLGeneration.Outcome(
            sql: sql.isEmpty ? nil : sql, verdict: verdict, tokens: tokens, confidence: completion.confidence,
            steps: steps)
    }

    /// What came of a conversation that the provider broke off.
    func outcome(failing error: ProviderError) -> SQLGeneration.Outcome {
        SQLGeneration.Outcome(
            sql: nil, verdict: .invalid(reason: "the provider gave no answer: \(error.complaint.message)"),
            tokens: tokens, steps: steps)
    }
}

/// Passes on an answer's text, and knows whether there was any.
final class HeardText: Sendable {
    private let next: CompletionListener?
    private let heard = Atomic(false)

    init(_ next: CompletionListener?) {
        self.next = next
    }

    /// Whether some text was told.
    var isAny: Bool { heard.load(ordering: .relaxed) }

    /// What to tell the text to; nothing where nobody listens.
    var listener: CompletionListener? {
        guard let next else { return nil }
        return { (text: String) in
            self.heard.store(true, ordering: .relaxed)
            next(text)
        }
    }
}
