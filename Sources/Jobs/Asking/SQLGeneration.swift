package import Identifiers

/// An answer to a prompt: SQL from a model, or from whoever asked to have it checked.
package struct SQLGeneration: Hashable, Sendable {
    /// Its id.
    package let id: ObjectID
    /// The question.
    package let prompt: ObjectID
    /// Who was asked; nothing where the SQL was given.
    package let model: AskedModel?
    /// What came of it.
    package let outcome: Outcome
    /// What spoke against asking that model, if something did.
    package let warning: String?
    /// Whether the model was asked how sure it is.
    package let measuresConfidence: Bool
    /// The user's own notes: the text of a JSON object, or nothing.
    package var metadata: String?
    /// When it was asked for.
    package let createdAt: Timestamp
    /// When the answer was there.
    package let completedAt: Timestamp

    /// A generation.
    package init(
        id: ObjectID, prompt: ObjectID, model: AskedModel?, outcome: Outcome, warning: String? = nil,
        measuresConfidence: Bool, metadata: String?, createdAt: Timestamp, completedAt: Timestamp
    ) {
        self.id = id
        self.prompt = prompt
        self.model = model
        self.outcome = outcome
        self.warning = warning
        self.measuresConfidence = measuresConfidence
        self.metadata = metadata
        self.createdAt = createdAt
        self.completedAt = completedAt
    }

    /// What came of asking.
    package struct Outcome: Hashable, Sendable {
        /// The SQL, cleaned; nothing where there was no answer.
        package var sql: String?
        /// What is known of the SQL.
        package var verdict: Verdict
        /// The tokens that the provider charged for, all tries together, if it told.
        package var tokens: Int?
        /// How sure the model was of its last answer, from 0 to 1, if it told: see `Completion.confidence`.
        package var confidence: Double?
        /// The answers that were not taken, in order.
        package var steps: [Step]

        /// An outcome.
        package init(sql: String?, verdict: Verdict, tokens: Int? = nil, confidence: Double? = nil, steps: [Step] = [])
        {
            self.sql = sql
            self.verdict = verdict
            self.tokens = tokens
            self.confidence = confidence
            self.steps = steps
        }
    }

    /// What is known of an answer's SQL.
    package enum Verdict: Hashable, Sendable {
        /// It is one statement that only reads, and prepares against the described tables.
        case valid
        /// It is not, or there is none, for this reason.
        case invalid(reason: String)
        /// Nobody can tell here, for this reason.
        case unchecked(reason: String)
    }

    /// An answer that was not taken, and what the model was told of it.
    package struct Step: Hashable, Sendable {
        /// The answer, as it came.
        package var answer: String
        /// Why it was not taken.
        package var error: String

        /// A step.
        package init(answer: String, error: String) {
            self.answer = answer
            self.error = error
        }
    }
}

/// The model that a question went to.
package struct AskedModel: Hashable, Sendable {
    /// Who serves it.
    package var provider: ProviderName
    /// Its id there.
    package var name: ProviderModelID
    /// The finetuning that made it; nothing for a base model.
    package var finetuning: ObjectID?
    /// The alias by which it was called, and its version then.
    package var alias: Alias?

    /// What stood for the model.
    package struct Alias: Hashable, Sendable {
        /// The name.
        package var name: ModelAlias
        /// Its version.
        package var version: Int

        /// An alias.
        package init(name: ModelAlias, version: Int) {
            self.name = name
            self.version = version
        }
    }

    /// A model.
    package init(provider: ProviderName, name: ProviderModelID, finetuning: ObjectID?, alias: Alias?) {
        self.provider = provider
        self.name = name
        self.finetuning = finetuning
        self.alias = alias
    }
}
