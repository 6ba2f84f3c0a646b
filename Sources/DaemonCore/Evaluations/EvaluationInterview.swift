import Evaluations
import FinetuneAPI
import Identifiers
import Jobs
import Store
import TrainingData

/// Asks the questions of one evaluation: one question to one model at a time.
struct EvaluationInterview: Sendable {
    /// What came of asking.
    enum Outcome: Sendable {
        /// The model answered, or never will.
        case answered(GivenAnswer)
        /// Nobody was asked, or gave an answer.
        case interrupted(EvaluationInterruption)
    }

    let evaluation: Evaluations.Evaluation
    let recipe: PromptRecipe
    let databases: DescribedDatabases
    let queue: CompletionQueue
    let providers: ProviderRegistry
    let accounts: ProviderAccounts
    let connection: TrainingData.DatabaseConnection
    let bench: JudgeBench

    /// Asks one model one question, the very prompt that the candidate was trained on. Nothing is asked while its answer
    /// could not be judged.
    func ask(_ question: EvaluationQuestion, _ contestant: Contestant) async throws -> Outcome {
        guard let model = evaluation.models.model(contestant), let provider = providers[model.provider] else {
            return .waiting("the configuration has no provider of the \(contestant.rawValue) any more")
        }
        if let until = providers.holdOff(provider.name, at: .steady) {
            return .waiting("\(provider.name) does not answer", atLeast: until.duration(since: .steady))
        }
        do throws(any Error) {
            try await bench.check()
            let account = try accounts.account(of: connection, at: provider)
            let prompt = try await databases.prompt(for: question.question, of: evaluation.connection, recipe)
            return try await queue.inTurn(of: evaluation.owner, at: provider.name) {
                try await ask(question, contestant, model, provider, account, prompt.prompt)
            }
        } catch let error as JudgeBench.Unreadable {
            return .waiting(error.reason)
        } catch let error as SecretBoxError {
            return .waiting("\(error)")
        } catch let error as FittingError {
            return .answered(GivenAnswer(question, contestant, .nothing(reason: error.description)))
        } catch let error as APIError where error.code == .tooManyRequests {
            return .waiting(error.message)
        }
    }

    private func ask(
        _ question: EvaluationQuestion, _ contestant: Contestant, _ model: EvaluatedModels.Model,
        _ provider: any FinetuningProvider, _ account: ProviderAccount, _ prompt: FittedPrompt
    ) async throws -> Outcome {
        let request = CompletionRequest(
            model: model.name,
            messages: [.init(.system, prompt.messages.system), .init(.user, prompt.messages.user)],
            maximumTokens: recipe.limit.answerReserve)
        defer { providers.noteEndOfWork(with: provider.name, at: .steady) }
        let begun = ContinuousClock.now
        do throws(ProviderError) {
            let completion = try await provider.complete(request, as: account, telling: nil)
            providers.noteAnswer(of: provider.name, as: account)
            let content = GivenAnswer.Content.sql(AnswerText.sql(in: completion.text), completion.usage)
            return .answered(GivenAnswer(question, contestant, content, took: ContinuousClock.now - begun))
        } catch {
            providers.note(error, of: provider.name, as: account, at: .steady)
            return outcome(of: error, question, contestant)
        }
    }

    private func outcome(
        of error: ProviderError, _ question: EvaluationQuestion, _ contestant: Contestant
    ) -> Outcome {
        switch error {
        case .cancelled: .interrupted(.stopped)
        case .refused(let complaint) where error.isMissing: .interrupted(.unknownModel(reason: complaint.message))
        case .refused(let complaint):
            .answered(GivenAnswer(question, contestant, .nothing(reason: complaint.message)))
        // Asking twice costs a little more and makes nothing, so a lost answer is asked for again, some times.
        case .answerLost(let complaint, let delay):
            .interrupted(.lost(question, contestant, reason: complaint.message, atLeast: delay))
        case .unavailable, .unauthorized: .waiting(error.complaint.message, atLeast: error.retryAfter)
        }
    }
}

/// Why an evaluation does not get on now.
enum EvaluationInterruption: Sendable {
    /// Something that may pass.
    case waiting(reason: String, atLeast: Duration?)
    /// The answer to this did not arrive, and may be charged all the same.
    case lost(EvaluationQuestion, Contestant, reason: String, atLeast: Duration?)
    /// The provider does not know the model.
    case unknownModel(reason: String)
    /// The evaluation is over, or the daemon ends.
    case stopped
}

extension EvaluationInterview.Outcome {
    fileprivate static func waiting(_ reason: String, atLeast: Duration? = nil) -> Self {
        .interrupted(.waiting(reason: reason, atLeast: atLeast))
    }
}
