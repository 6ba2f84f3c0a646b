public import Identifiers

/// What a model has to show in an evaluation before an alias may stand for it. A requirement that is left out is not
/// asked for.
public struct PromotionGate: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case minimumAccuracy = "minimum_accuracy"
        case noSignificantLoss = "no_significant_loss"
        case mustPass = "must_pass"
    }

    /// The least execution accuracy on golden records that the model was not trained on, 0 to 1.
    public var minimumAccuracy: Double?
    /// Whether a model is refused that loses against the present one by more than chance, on golden records that neither
    /// was trained on: McNemar's exact test at 0.05.
    public var noSignificantLoss: Bool?
    /// Whether a model is refused that answers wrong a golden record whose metadata says `"must_pass": true`, and the
    /// present model does not; and one that was not asked all of these.
    public var mustPass: Bool?

    /// A gate.
    public init(minimumAccuracy: Double? = nil, noSignificantLoss: Bool? = nil, mustPass: Bool? = nil) {
        self.minimumAccuracy = minimumAccuracy
        self.noSignificantLoss = noSignificantLoss
        self.mustPass = mustPass
    }
}

/// What changes a gate, requirement by requirement: keys left out stay, and null drops a requirement.
public struct PromotionGateChanges: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case minimumAccuracy = "minimum_accuracy"
        case noSignificantLoss = "no_significant_loss"
        case mustPass = "must_pass"
    }

    /// The least execution accuracy from now on, more than 0 and at most 1.
    public var minimumAccuracy: Change<Double>
    /// Whether a model that loses against the present one by more than chance is refused from now on.
    public var noSignificantLoss: Change<Bool>
    /// Whether a model that loses a golden record whose metadata says `"must_pass": true` is refused from now on.
    public var mustPass: Change<Bool>

    /// Changes.
    public init(
        minimumAccuracy: Change<Double> = .unchanged, noSignificantLoss: Change<Bool> = .unchanged,
        mustPass: Change<Bool> = .unchanged
    ) {
        self.minimumAccuracy = minimumAccuracy
        self.noSignificantLoss = noSignificantLoss
        self.mustPass = mustPass
    }
}

/// What an alias's gate said of a model.
public struct GateVerdict: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case evaluation = "evaluation_id"
        case passed, forced, findings
    }

    /// The evaluation that was judged; nothing where none had measured the model against the alias's present one.
    public var evaluation: ObjectID?
    /// Whether every requirement is met.
    public var passed: Bool
    /// Whether an administrator promoted the model all the same.
    public var forced: Bool
    /// Each requirement, and what was found.
    public var findings: [GateFinding]

    /// A verdict.
    public init(evaluation: ObjectID?, passed: Bool, forced: Bool, findings: [GateFinding]) {
        self.evaluation = evaluation
        self.passed = passed
        self.forced = forced
        self.findings = findings
    }
}

/// One requirement of a gate, and what was found.
public struct GateFinding: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case requirement, met, message, minimum, accuracy, comparison, asked, unasked, regressions
    }

    /// What is asked for. An accuracy has to be measured in any case.
    public enum Requirement: String, Codable, Sendable, Hashable, CaseIterable {
        case minimumAccuracy = "minimum_accuracy"
        case noSignificantLoss = "no_significant_loss"
        case mustPass = "must_pass"
    }

    /// What is asked for.
    public var requirement: Requirement
    /// Whether it is met.
    public var met: Bool
    /// What was found, in words.
    public var message: String
    /// The least accuracy, where one is asked for.
    public var minimum: Double?
    /// The accuracy that was measured, of `minimum_accuracy`.
    public var accuracy: MeasuredShare?
    /// The model beside the present one, of `no_significant_loss`; nothing where no question was judged.
    public var comparison: EvaluationComparison?
    /// How many golden records marked `must_pass` were asked, of `must_pass`.
    public var asked: Int?
    /// How many were not.
    public var unasked: Int?
    /// Those that the model answers wrong and the present one does not.
    public var regressions: [ObjectID]?

    /// A finding.
    public init(
        _ requirement: Requirement, met: Bool, message: String, minimum: Double? = nil,
        accuracy: MeasuredShare? = nil, comparison: EvaluationComparison? = nil, asked: Int? = nil,
        unasked: Int? = nil, regressions: [ObjectID]? = nil
    ) {
        self.requirement = requirement
        self.met = met
        self.message = message
        self.minimum = minimum
        self.accuracy = accuracy
        self.comparison = comparison
        self.asked = asked
        self.unasked = unasked
        self.regressions = regressions
    }
}

/// What becomes of a finetuning's model by itself.
public struct AutomaticPromotion: Codable, Sendable, Hashable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case alias, status
        case evaluation = "evaluation_id"
        case version, reason
    }

    /// How far it is.
    public enum Status: String, Codable, Sendable, Hashable, CaseIterable {
        /// The finetuning goes on, or has just ended.
        case waiting
        /// The model is being measured.
        case evaluating
        /// The alias stands for the model.
        case promoted
        /// The model was not promoted.
        case notPromoted = "not_promoted"

        /// Whether something is still to happen.
        public var isOpen: Bool {
            switch self {
            case .waiting, .evaluating: true
            case .promoted, .notPromoted: false
            }
        }
    }

    /// The alias that the model is for.
    public var alias: String
    /// How far it is.
    public var status: Status
    /// The evaluation that measures the model.
    public var evaluation: ObjectID?
    /// The version of the alias that the model became.
    public var version: Int?
    /// Why it was not promoted.
    public var reason: String?

    /// An automatic promotion.
    public init(alias: String, status: Status, evaluation: ObjectID? = nil, version: Int? = nil, reason: String? = nil)
    {
        self.alias = alias
        self.status = status
        self.evaluation = evaluation
        self.version = version
        self.reason = reason
    }
}

// MARK: For the OpenAPI document

extension PromotionGate: Refined {
    static let refinements = Dictionary([
        CodingKeys.minimumAccuracy: .fraction(upTo: 1).example(0.8),
        .noSignificantLoss: Refinement().defaulting(to: false), .mustPass: Refinement().defaulting(to: false),
    ])
}

extension PromotionGateChanges: Refined {
    static let refinements = Dictionary([CodingKeys.minimumAccuracy: .fraction(upTo: 1).example(0.8)])
}

extension GateFinding: Refined {
    static let refinements = Dictionary([
        CodingKeys.minimum: .fraction(upTo: 1).example(0.8), .asked: .integer(from: 0), .unasked: .integer(from: 0),
    ])
}

extension AutomaticPromotion: Refined {
    static let refinements = Dictionary([CodingKeys.alias: .example("sales-sql"), .version: .integer(from: 1)])
}
