import ArgumentParser
import FinetuneAPI

/// What changes a gate, requirement by requirement; those that are not named stay.
struct GateOptions: ParsableArguments {
    /// Whether a model is refused that loses by more than chance.
    enum LossRule: EnumerableFlag {
        case noSignificantLoss, allowSignificantLoss

        static func help(for value: LossRule) -> ArgumentHelp? {
            switch value {
            case .noSignificantLoss: "Refuse a model that loses against the present one by more than chance."
            case .allowSignificantLoss: "Ask for no such comparison."
            }
        }
    }

    /// Whether a model is refused that loses a record marked `must_pass`.
    enum MustPassRule: EnumerableFlag {
        case mustPass, noMustPass

        static func help(for value: MustPassRule) -> ArgumentHelp? {
            switch value {
            case .mustPass: "Refuse a model that loses a golden record whose metadata says \"must_pass\": true."
            case .noMustPass: "Ask for no such records."
            }
        }
    }

    @Option(
        help: ArgumentHelp(
            "The least execution accuracy, on golden records that the model was not trained on.", valueName: "share"))
    var minimumAccuracy: Double?

    @Flag(help: "Ask for no least accuracy.")
    var noMinimumAccuracy = false

    @Flag var lossRule: LossRule?

    @Flag var mustPassRule: MustPassRule?

    func validate() throws {
        guard minimumAccuracy == nil || !noMinimumAccuracy else {
            throw ValidationError("give either --minimum-accuracy or --no-minimum-accuracy")
        }
    }

    /// Whether any requirement is named.
    var changesAnything: Bool { changes != PromotionGateChanges() }

    /// What is named.
    var changes: PromotionGateChanges {
        PromotionGateChanges(
            minimumAccuracy: minimumAccuracy.change(clearing: noMinimumAccuracy),
            noSignificantLoss: lossRule.map { .set($0 == .noSignificantLoss) } ?? .unchanged,
            mustPass: mustPassRule.map { .set($0 == .mustPass) } ?? .unchanged)
    }
}
