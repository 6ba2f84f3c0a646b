import Jobs
import Testing

@Suite("Hyperparameters")
struct ModelParametersTests {
    private static let limits = ProviderCapabilities(
        minimumExamples: 10, epochs: 1...50, batchSize: 1...256, largestLearningRateMultiplier: 100,
        takesValidationFile: true)

    @Test("have their defaults where none were sent")
    func defaults() {
        #expect(
            ModelParameters().resolved
                == ResolvedParameters(epochs: .value(3), batchSize: .value(1), learningRateMultiplier: .auto))
        #expect(
            ModelParameters(epochs: .auto, batchSize: .value(8), learningRateMultiplier: .value(0.5)).resolved
                == ResolvedParameters(epochs: .auto, batchSize: .value(8), learningRateMultiplier: .value(0.5)))
    }

    @Test(
        "within the provider's limits are taken",
        arguments: [
            ModelParameters(), ModelParameters(epochs: .value(1)), ModelParameters(epochs: .value(50)),
            ModelParameters(epochs: .auto, batchSize: .auto, learningRateMultiplier: .auto),
            ModelParameters(batchSize: .value(256)), ModelParameters(learningRateMultiplier: .value(0.000_1)),
            ModelParameters(learningRateMultiplier: .value(100)),
        ])
    func allowed(parameters: ModelParameters) {
        #expect(parameters.violation(of: Self.limits) == nil)
    }

    @Test(
        "beyond them are named, with what is allowed",
        arguments: [
            (
                ModelParameters(epochs: .value(0)), ParameterViolation.Name.epochs,
                "an integer from 1 to 50, or \"auto\""
            ),
            (ModelParameters(epochs: .value(51)), .epochs, "an integer from 1 to 50, or \"auto\""),
            (ModelParameters(batchSize: .value(0)), .batchSize, "an integer from 1 to 256, or \"auto\""),
            (ModelParameters(batchSize: .value(.min)), .batchSize, "an integer from 1 to 256, or \"auto\""),
            (
                ModelParameters(learningRateMultiplier: .value(0)), .learningRateMultiplier,
                "a number above 0 and at most 100.0, or \"auto\""
            ),
        ])
    func refused(parameters: ModelParameters, name: ParameterViolation.Name, allowed: String) {
        #expect(parameters.violation(of: Self.limits) == ParameterViolation(name: name, allowed: allowed))
    }

    @Test("that are no numbers at all are refused", arguments: [Double.nan, .infinity, -.infinity, -1, 100.1])
    func noNumbers(rate: Double) {
        let parameters = ModelParameters(learningRateMultiplier: .value(rate))
        #expect(parameters.violation(of: Self.limits)?.name == .learningRateMultiplier)
    }
}
