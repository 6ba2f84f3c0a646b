/// A hyperparameter: a number, or the word `auto`, which leaves the choice to the provider.
enum Hyperparameter<Value: Encodable & Equatable & Sendable>: Encodable, Equatable, Sendable {
    case auto
    case value(Value)

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .auto: try container.encode("auto")
        case .value(let value): try container.encode(value)
        }
    }
}

/// The hyperparameters of supervised fine-tuning.
struct Hyperparameters: Encodable, Equatable, Sendable {
    var epochs: Hyperparameter<Int> = .auto
    var batchSize: Hyperparameter<Int> = .auto
    var learningRateMultiplier: Hyperparameter<Double> = .auto

    enum CodingKeys: String, CodingKey {
        case epochs = "n_epochs"
        case batchSize = "batch_size"
        case learningRateMultiplier = "learning_rate_multiplier"
    }
}

extension Hyperparameters {
    init(_ object: RequestObject) throws(APIError) {
        try object.allowOnly(["n_epochs", "batch_size", "learning_rate_multiplier"])
        epochs = try Self.integer("n_epochs", of: object, in: 1...50)
        batchSize = try Self.integer("batch_size", of: object, in: 1...256)
        learningRateMultiplier = try Self.multiplier(of: object)
    }

    private static func integer(
        _ key: String, of object: RequestObject, in range: ClosedRange<Int>
    ) throws(APIError) -> Hyperparameter<Int> {
        switch object.present(key) {
        case nil, .string("auto"): return .auto
        case .integer(let value): return .value(try object.check(value, key, in: range))
        case .some(let other): throw object.wrongType(key, other, expected: "an integer or 'auto'")
        }
    }

    private static func multiplier(of object: RequestObject) throws(APIError) -> Hyperparameter<Double> {
        let key = "learning_rate_multiplier"
        let value: Double
        switch object.present(key) {
        case nil, .string("auto"): return .auto
        case .integer(let integer): value = Double(integer)
        case .number(let number): value = number
        case .some(let other): throw object.wrongType(key, other, expected: "a number or 'auto'")
        }
        guard value > 0 else {
            throw .badRequest("Invalid '\(object.name(key))': it must be above 0.", param: object.name(key))
        }
        return .value(value)
    }

    /// With every `auto` replaced by what the sandbox chooses for so many examples. The learning rate changes
    /// nothing in a nearest-example model; 1 is reported for it.
    func resolved(examples: Int) -> (epochs: Int, batchSize: Int, reported: Hyperparameters) {
        let epochs = if case .value(let value) = epochs { value } else { 3 }
        let batchSize = if case .value(let value) = batchSize { value } else { max(1, min(256, examples / 500)) }
        var reported = self
        reported.epochs = .value(epochs)
        reported.batchSize = .value(batchSize)
        if learningRateMultiplier == .auto { reported.learningRateMultiplier = .value(1) }
        return (epochs, batchSize, reported)
    }
}
