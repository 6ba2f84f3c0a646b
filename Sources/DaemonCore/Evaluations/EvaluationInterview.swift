import Evaluations
import Identifiers
import Jobs
import Store
import TrainingData

/// Asks the questions of one evaluation: one question to one model at a time.
struct EvaluationInterview: Sendable {
    /// What came of asking.
    enum Outcome: Sendable {
        /// The model answered, or never will.
        case answered(EvaluationAnswer)
        /// The provider gives no answers now.
        case waiting(reason: String, atLeast: Duration?)
        /// Its answer to this did not arrive, and may be charged all the same.
        case lost(EvaluationQuestion, Contestant, reason: String, atLeast: Duration?)
        /// The provider does not know the model.
        case unknownModel(reason: String)
        /// The daemon ends.
        case stopped
    }

    let evaluation: Evaluation
    let recipe: PromptRecipe
    let databases: DescribedDatabases
    let queue: CompletionQueue
    let providers: ProviderRegistry
    let accounts: ProviderAccounts
    let connection: TrainingData.DatabaseConnection
    let bench: JudgeBench

    /// Asks one model one question, the very prompt that the candidate was trained on, and judges the answer.
    func ask(_ question: EvaluationQuestion, _ contestant: Contestant) async throws -> Outcome {
        guard let model = evaluation.models.model(contestant), let provider = providers[model.provider] else {
            return .waiting(
                reason: "the configuration has no provider of the \(contestant.rawValue) any more", atLeast: nil)
        }
        if let until = providers.holdOff(provider.name, at: .steady) {
            return .waiting(reason: "\(provider.name) does not answer", atLeast: until.duration(since: .steady))
        }
        let account: ProviderAccount
        do throws(SecretBoxError) {
            account = try accounts.account(of: connection, at: provider)
        } catch {
            return .waiting(reason: "\(error)", atLeast: nil)
        }
        let prompt: ServedPrompt
        do {
            prompt = try await databases.prompt(for: question.question, of: evaluation.connection, recipe)
        } catch let error as FittingError {
            return .answered(answer(question, contestant, .unanswered(reason: error.description)))
        }
        return try await queue.inTurn(of: evaluation.owner, at: provider.name) {
            try await ask(question, contestant, model, provider, account, prompt.prompt)
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
            providers.noteAnswer(of: provider.name)
            let took = ContinuousClock.now - begun
            return .answered(await judged(completion, of: question, contestant, took: took))
        } catch {
            providers.note(error, of: provider.name, as: account, at: .steady)
            return outcome(of: error, question, contestant)
        }
    }

    private func outcome(
        of error: ProviderError, _ question: EvaluationQuestion, _ contestant: Contestant
    ) -> Outcome {
        switch error {
        case .cancelled: .stopped
        case .refused(let complaint) where error.isMissing: .unknownModel(reason: complaint.message)
        case .refused(let complaint): .answered(answer(question, contestant, .unanswered(reason: complaint.message)))
        // Asking twice costs a little more and makes nothing, so a lost answer is asked for again, some times.
        case .answerLost(let complaint, let delay):
            .lost(question, contestant, reason: complaint.message, atLeast: delay)
        case .unavailable, .unauthorized: .waiting(reason: error.complaint.message, atLeast: error.retryAfter)
        }
    }

    private func judged(
        _ completion: Completion, of question: EvaluationQuestion, _ contestant: Contestant, took: Duration
    ) async -> EvaluationAnswer {
        let sql = AnswerText.sql(in: completion.text)
        let verdict: Verdict =
            sql.isEmpty
            ? .invalid(reason: "the answer holds no SQL")
            : await bench.verdict(on: sql, golden: question.goldenSQL)
        return answer(
            question, contestant, verdict, sql: sql.isEmpty ? nil : sql, usage: completion.usage,
            milliseconds: took.wholeMilliseconds)
    }

    /// The answer that a question has where the model gave none.
    func answer(
        _ question: EvaluationQuestion, _ contestant: Contestant, _ verdict: Verdict, sql: String? = nil,
        usage: Completion.Usage? = nil, milliseconds: Int = 0
    ) -> EvaluationAnswer {
        EvaluationAnswer(
            position: question.position, contestant: contestant, sql: sql, verdict: verdict,
            isExactMatch: sql.map { NormalisedSQL($0) == NormalisedSQL(question.goldenSQL) } ?? false,
            promptTokens: usage?.promptTokens, answerTokens: usage?.answerTokens, milliseconds: milliseconds, at: .now)
    }
}

extension Duration {
    fileprivate var wholeMilliseconds: Int {
        Int(components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000)
    }
}
