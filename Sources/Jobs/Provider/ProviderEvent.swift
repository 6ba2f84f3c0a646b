package import Identifiers

/// The id of an event at its provider.
package struct ProviderEventID: RawRepresentable, Hashable, Sendable {
    package let rawValue: String
    /// Takes the provider's word.
    package init(rawValue: String) { self.rawValue = rawValue }
}

/// What a provider tells of a job while it runs.
package struct ProviderEvent: Hashable, Sendable {
    /// How grave it is.
    package enum Level: String, Hashable, Sendable, CaseIterable {
        case info, warning, error
    }

    /// Its id, which tells it from those already known.
    package var id: ProviderEventID
    /// When the provider says that it happened.
    package var at: Timestamp
    /// How grave it is.
    package var level: Level
    /// The provider's words, at most 1,000 characters.
    package var message: String
    /// What was measured, by name: `train_loss`. Empty where the event is words alone.
    package var metrics: Metrics

    /// An event.
    package init(id: ProviderEventID, at: Timestamp, level: Level, message: String, metrics: Metrics = [:]) {
        self.id = id
        self.at = at
        self.level = level
        self.message = message
        self.metrics = metrics
    }
}

/// Measured values by the provider's names for them.
package typealias Metrics = [String: Double]

/// The state of the model after a step or an epoch, as a provider measured it.
package struct ProviderCheckpoint: Hashable, Sendable {
    /// Its id at the provider.
    package var id: String
    /// When it was made.
    package var at: Timestamp
    /// The step after which it was made.
    package var step: Int
    /// The id under which this state of the model can be asked, if it can.
    package var model: ProviderModelID?
    /// What was measured: `train_loss`, `valid_mean_token_accuracy`.
    package var metrics: Metrics

    /// A checkpoint.
    package init(id: String, at: Timestamp, step: Int, model: ProviderModelID?, metrics: Metrics) {
        self.id = id
        self.at = at
        self.step = step
        self.model = model
        self.metrics = metrics
    }
}
