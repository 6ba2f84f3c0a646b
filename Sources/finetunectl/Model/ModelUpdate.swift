import ArgumentParser
import FinetuneAPI

/// `finetunectl model update`
struct ModelUpdate: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Make an alias, or change its gate or the notes on it.",
        discussion: """
            The gate is what a model has to show in an evaluation before the alias may stand for it. Whatever of it is \
            given here is the whole gate from now on.

            Examples:
              finetunectl model update sales-sql --minimum-accuracy 0.8 --no-significant-loss --must-pass
              finetunectl model update sales-sql --clear-gate
              finetunectl model update sales-sql --metadata '{"owner":"sales"}'
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var model: ModelAlias

    @Option(help: ArgumentHelp("New notes of your own.", valueName: "json-object"), transform: JSONArgument.object)
    var metadata: JSONValue?

    @Flag(help: "Forget the notes.")
    var clearMetadata = false

    @Option(
        help: ArgumentHelp(
            "The least execution accuracy, on golden records that the model was not trained on.", valueName: "share"))
    var minimumAccuracy: Double?

    @Flag(help: "Refuse a model that loses against the present one by more than chance.")
    var noSignificantLoss = false

    @Flag(help: "Refuse a model that loses a golden record whose metadata says \"must_pass\": true.")
    var mustPass = false

    @Flag(help: "Let every model through.")
    var clearGate = false

    func validate() throws {
        guard gate == nil || !clearGate else {
            throw ValidationError("give either a gate or --clear-gate")
        }
        guard metadata == nil || !clearMetadata else {
            throw ValidationError("give either --metadata or --clear-metadata")
        }
    }

    private var gate: PromotionGate? {
        guard minimumAccuracy != nil || noSignificantLoss || mustPass else { return nil }
        return PromotionGate(
            minimumAccuracy: minimumAccuracy, noSignificantLoss: noSignificantLoss, mustPass: mustPass)
    }

    func run(in session: Session) async throws {
        let changes = ServedModelChanges(
            metadata: metadata.change(clearing: clearMetadata), gate: gate.change(clearing: clearGate))
        let answer = try await session.ask(Routes.changeModel, model.alias, body: changes)
        try await session.show(answer) { FieldList($0).text(on: $1) }
    }
}
