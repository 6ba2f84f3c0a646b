package import Identifiers
package import Jobs

// An evaluation asks two models the same questions: the candidate, which a finetuning made, and a baseline. Each
// question is a golden record as it was when the evaluation was accepted, so a record that changes, or goes, changes
// nothing of what was measured.
//
//     accepted ─▶ queued ─▶ running ─▶ ended (succeeded, failed, cancelled)
//
// Every answer is kept as it comes, in one transaction with its event. What an evaluation has still to do is what has
// no answer yet: that is all of its state, and a daemon that starts anew goes on from there.

/// One measurement of a tuned model beside another.
package struct Evaluation: Hashable, Sendable {
    /// Its id.
    package let id: ObjectID
    /// The finetuning whose model is measured.
    package let finetuning: ObjectID
    /// The database that the questions are about.
    package let connection: ObjectID
    /// What is measured against what.
    package let models: EvaluatedModels
    /// The most tokens that the answers may cost together; `nil` where nothing bounds them.
    package let tokenLimit: Int?
    /// How many questions are under way at most, to both models together.
    package static let turnsAtATime = 8
    /// How many questions are asked, of each model.
    package let questionCount: Int
    /// What answers cost.
    package let prices: EvaluationPrices
    /// The most that it can cost; `nil` where a price is not known.
    package let mostCost: Price?
    /// The user's own notes, a JSON object.
    package let metadata: String?
    /// The user who ordered it.
    package let owner: UInt32
    /// When it was accepted.
    package let createdAt: Timestamp
    /// When it last changed.
    package var updatedAt: Timestamp
    /// How far it is.
    package var stage: EvaluationStage
    /// How many answers are in, of all models.
    package var answerCount: Int
    /// How many tokens these took, as far as the provider told.
    package var tokenCount: Int

    /// An evaluation.
    package init(
        id: ObjectID, finetuning: ObjectID, connection: ObjectID, models: EvaluatedModels, tokenLimit: Int?,
        questionCount: Int, prices: EvaluationPrices = EvaluationPrices(), mostCost: Price? = nil, metadata: String?,
        owner: UInt32, createdAt: Timestamp, updatedAt: Timestamp, stage: EvaluationStage = .queued,
        answerCount: Int = 0, tokenCount: Int = 0
    ) {
        self.id = id
        self.finetuning = finetuning
        self.connection = connection
        self.models = models
        self.tokenLimit = tokenLimit
        self.questionCount = questionCount
        self.prices = prices
        self.mostCost = mostCost
        self.metadata = metadata
        self.owner = owner
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.stage = stage
        self.answerCount = answerCount
        self.tokenCount = tokenCount
    }

    /// How many answers make it complete.
    package var neededAnswerCount: Int { questionCount * models.contestants.count }
}

/// What is measured against what.
package struct EvaluatedModels: Hashable, Sendable {
    /// A model, where it is.
    package struct Model: Hashable, Sendable {
        /// Who serves it.
        package let provider: ProviderName
        /// Its id there.
        package let name: ProviderModelID

        /// A model.
        package init(provider: ProviderName, name: ProviderModelID) {
            self.provider = provider
            self.name = name
        }
    }

    /// The tuned model.
    package let candidate: Model
    /// What it is compared with.
    package let baseline: Model?
    /// The alias whose present model is the baseline, or which has none yet; `nil` where a model was named.
    package let alias: ModelAlias?

    /// Models.
    package init(candidate: Model, baseline: Model?, alias: ModelAlias?) {
        self.candidate = candidate
        self.baseline = baseline
        self.alias = alias
    }

    /// Who answers.
    package var contestants: [Contestant] {
        baseline == nil ? [.candidate] : Contestant.allCases
    }

    /// The model of a contestant.
    package func model(_ contestant: Contestant) -> Model? {
        switch contestant {
        case .candidate: candidate
        case .baseline: baseline
        }
    }
}

/// Which of the two models. The raw values are the words of the wire and of the state.
package enum Contestant: String, Hashable, Sendable, CaseIterable {
    case candidate, baseline
}

/// How far an evaluation is.
package enum EvaluationStage: Hashable, Sendable {
    /// Nothing was asked yet.
    case queued
    /// Questions are being asked; `obstacle` is why that does not get on now.
    case running(obstacle: String?)
    /// It is over.
    case ended(EvaluationOutcome)

    /// Whether nothing more will happen.
    package var isOver: Bool {
        switch self {
        case .queued, .running: false
        case .ended: true
        }
    }
}

/// The words for stages and outcomes, on the wire and in the state.
package enum EvaluationStatus: String, Hashable, Sendable, CaseIterable {
    case queued, running, succeeded, failed, cancelled
}

extension EvaluationStage {
    /// The word for it.
    package var status: EvaluationStatus {
        switch self {
        case .queued: .queued
        case .running: .running
        case .ended(.succeeded): .succeeded
        case .ended(.failed): .failed
        case .ended(.cancelled): .cancelled
        }
    }
}

/// How an evaluation ended.
package enum EvaluationOutcome: Hashable, Sendable {
    /// Every question was asked.
    case succeeded
    /// It cannot go on, for this reason.
    case failed(reason: String)
    /// Its user wanted no more of it.
    case cancelled
}
