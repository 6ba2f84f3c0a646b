/// One hyperparameter: a value, or left to the provider.
package enum Parameter<Value: Hashable & Sendable>: Hashable, Sendable {
    /// The provider chooses.
    case auto
    /// This value.
    case value(Value)
}

/// The hyperparameters of a finetuning, just those that were sent.
package struct ModelParameters: Hashable, Sendable {
    /// `n_epochs`: how often training goes over the whole file.
    package var epochs: Parameter<Int>?
    /// `batch_size`: how many examples make one step.
    package var batchSize: Parameter<Int>?
    /// `learning_rate_multiplier`, of the provider's own rate.
    package var learningRateMultiplier: Parameter<Double>?

    /// Parameters; `nil` for one that was not sent.
    package init(
        epochs: Parameter<Int>? = nil, batchSize: Parameter<Int>? = nil,
        learningRateMultiplier: Parameter<Double>? = nil
    ) {
        self.epochs = epochs
        self.batchSize = batchSize
        self.learningRateMultiplier = learningRateMultiplier
    }

    /// Every parameter, with 3 epochs, a batch size of 1 and an automatic learning rate where none was sent.
    package var resolved: ResolvedParameters {
        ResolvedParameters(
            epochs: epochs ?? .value(3), batchSize: batchSize ?? .value(1),
            learningRateMultiplier: learningRateMultiplier ?? .auto)
    }

    /// The first parameter outside of what the provider takes, and why.
    package func violation(of limits: ProviderCapabilities) -> ParameterViolation? {
        if case .value(let epochs) = epochs, !limits.epochs.contains(epochs) {
            return ParameterViolation(name: .epochs, allowed: limits.epochs.wording)
        }
        if case .value(let size) = batchSize, !limits.batchSize.contains(size) {
            return ParameterViolation(name: .batchSize, allowed: limits.batchSize.wording)
        }
        if case .value(let rate) = learningRateMultiplier, !(rate > 0 && rate <= limits.largestLearningRateMultiplier) {
            return ParameterViolation(
                name: .learningRateMultiplier,
                allowed: "a number above 0 and at most \(limits.largestLearningRateMultiplier), or \"auto\"")
        }
        return nil
    }
}

/// Every hyperparameter, as the provider gets it.
package struct ResolvedParameters: Hashable, Sendable {
    /// `n_epochs`.
    package var epochs: Parameter<Int>
    /// `batch_size`.
    package var batchSize: Parameter<Int>
    /// `learning_rate_multiplier`.
    package var learningRateMultiplier: Parameter<Double>

    /// All three.
    package init(epochs: Parameter<Int>, batchSize: Parameter<Int>, learningRateMultiplier: Parameter<Double>) {
        self.epochs = epochs
        self.batchSize = batchSize
        self.learningRateMultiplier = learningRateMultiplier
    }
}

/// A hyperparameter that the provider would refuse.
package struct ParameterViolation: Error, Hashable, Sendable {
    /// The parameters by the names that requests carry.
    package enum Name: String, Sendable, CaseIterable {
        case epochs = "n_epochs"
        case batchSize = "batch_size"
        case learningRateMultiplier = "learning_rate_multiplier"
    }

    /// Which one.
    package var name: Name
    /// What is allowed, in words.
    package var allowed: String

    /// A violation.
    package init(name: Name, allowed: String) {
        self.name = name
        self.allowed = allowed
    }
}

extension ClosedRange where Bound == Int {
    fileprivate var wording: String { "an integer from \(lowerBound) to \(upperBound), or \"auto\"" }
}
