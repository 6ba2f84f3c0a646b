import FinetuneAPI
import Identifiers
import Jobs
import Store
import TrainingData

/// Has questions answered by models: asks with the very prompt that the model was trained with, cleans and checks the
/// answer, and asks once more where it cannot be used.
struct SQLGenerator: Sendable {
    let databases: DescribedDatabases
    let accounts: ProviderAccounts
    let providers: ProviderRegistry
    let queue: CompletionQueue
    let rechecks: RecordRechecking
    let pacings: ProviderPacings

    /// The most answers that a model gives to one question.
    static let attempts = 2

    /// A question, and who wants it answered by whom.
    struct Order: Sendable {
        let question: String
        /// The database that it is about.
        let connection: ObjectID
        /// The schemas whose tables the prompt shows; the model's own where empty.
        let schemas: [String]
        let model: ChosenModel
        let measuresConfidence: Bool
        /// Whose turn it takes.
        let user: UInt32
    }

    /// What came of asking, and whose fault it is if that is nothing.
    struct Answered: Sendable {
        let outcome: Jobs.SQLGeneration.Outcome
        /// Why the provider gave no answer, if it did not.
        let failure: APIError?
        /// What spoke against asking that model, if something did.
        var warning: String?
    }

    /// Takes the pieces of an answer while they come, and at which attempt.
    typealias Listener = @Sendable (_ attempt: Int, _ text: String) -> Void

    /// Has the question answered. Throws what keeps it from being asked; when the provider fails, that is the outcome.
    func answer(_ order: Order, telling listener: Listener? = nil) async throws -> Answered {
        let served = try await databases.prompt(
            for: order.question, of: order.connection, order.model.recipe(showing: order.schemas))
        let account = try await account(of: order.connection, at: order.model.provider)
        return try await queue.inTurn(of: order.user, at: order.model.provider.name) {
            var answered = try await converse(order, served.prompt, account, listener)
            answered.warning = order.model.warning(about: served.fingerprint, of: order.connection)
            return answered
        }
    }

    private func converse(
        _ order: Order, _ prompt: FittedPrompt, _ account: ProviderAccount, _ listener: Listener?
    ) async throws -> Answered {
        var conversation = Conversation(order, prompt)
        while true {
            let attempt = conversation.attempt
            var pieces: CompletionListener?
            if let listener { pieces = { (text: String) in listener(attempt, text) } }
            let completion: Completion
            do throws(ProviderError) {
                completion = try await complete(
                    conversation.request, order.model.provider, account, telling: pieces)
            } catch {
                try Task.checkCancellation()
                return Answered(outcome: conversation.outcome(failing: error), failure: APIError(error, order.model))
            }
            let sql = AnswerText.sql(in: completion.text)
            let verdict = try await verdict(on: sql, of: order.connection)
            if let outcome = conversation.take(completion, sql, verdict) {
                return Answered(outcome: outcome, failure: nil)
            }
        }
    }

    /// What is known of SQL, against the described tables of a connection.
    func verdict(on sql: String, of connection: ObjectID) async throws -> Jobs.SQLGeneration.Verdict {
        guard !sql.isEmpty else { return .invalid(reason: "the answer is empty") }
        return Jobs.SQLGeneration.Verdict(try await rechecks.checks(of: [sql], connection: connection).checks[0].check)
    }

    private func account(
        of connection: ObjectID, at provider: any FinetuningProvider
    ) async throws -> ProviderAccount {
        do {
            return try await accounts.account(of: connection, at: provider)
        } catch let error as SecretBoxError {
            throw APIError(
                .providerUnauthorized, "the connection's key cannot be read: \(error)",
                remedy: "Set the connection's llm_api_key anew.")
        }
    }
}

// MARK: Asking the provider

extension SQLGenerator {
    // Longer than this nobody likes to wait with an open request; whoever does can ask again.
    private static let longestPause = Duration.seconds(10)
    private static let tries = 3

    /// Asks, and again after a pause where the provider is busy and nothing has been told yet.
    private func complete(
        _ request: CompletionRequest, _ provider: any FinetuningProvider, _ account: ProviderAccount,
        telling listener: CompletionListener?
    ) async throws(ProviderError) -> Completion {
        let heard = HeardText(listener)
        var tries = 0
        while true {
            let failure: ProviderError
            do throws(ProviderError) {
                let completion = try await provider.complete(request, as: account, telling: heard.listener)
                providers.noteAnswer(of: provider.name, as: account)
                return completion
            } catch {
                failure = error
            }
            tries += 1
            switch failure {
            case .unauthorized, .refused: providers.note(failure, of: provider.name, as: account, at: .steady)
            case .cancelled, .unavailable, .answerLost: break
            }
            guard let pause = pause(after: failure, of: provider.name, tries: tries), !heard.isAny else {
                throw failure
            }
            do { try await Task.sleep(for: pause) } catch { throw .cancelled }
        }
    }

    private func pause(after error: ProviderError, of provider: ProviderName, tries: Int) -> Duration? {
        switch error {
        case .unavailable, .answerLost:
            let pause = max(
                error.retryAfter ?? .zero,
                pacings[provider].retries.delay(tries: tries, jitter: Double.random(in: 0..<1)))
            return tries < Self.tries && pause <= Self.longestPause ? pause : nil
        case .unauthorized, .refused, .cancelled: return nil
        }
    }
}

extension Jobs.SQLGeneration.Verdict {
    fileprivate init(_ check: TrainingData.RecordCheck) {
        self =
            switch check {
            case .valid: .valid
            case .invalid(let reason): .invalid(reason: reason)
            case .unchecked(let reason): .unchecked(reason: reason)
            }
    }
}

extension APIError {
    /// Why a model gave no answer.
    init(_ error: ProviderError, _ model: ChosenModel) {
        let name = model.asked.provider.rawValue
        let message = "\(name): \(error.complaint.message)"
        switch error {
        case .unavailable, .answerLost, .cancelled:
            let seconds = error.retryAfter.map { Int($0.components.seconds) }
            self.init(
                .providerUnavailable, message, remedy: "Ask again in a moment.",
                detail: seconds.map { ["retry_after": .number(JSONNumber($0))] } ?? [:])
        case .unauthorized:
            self.init(
                .providerUnauthorized, message,
                remedy: "Replace the key: the connection's llm_api_key, or the daemon's credential \(name)_api_key.")
        case .refused(let complaint):
            self.init(
                .providerRefused, message,
                remedy: "Ask another model, or see whether the provider still has \(model.asked.name).",
                detail: ["code": complaint.code.map(JSONValue.string) ?? .null])
        }
    }
}
