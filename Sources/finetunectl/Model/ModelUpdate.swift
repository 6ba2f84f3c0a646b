import ArgumentParser
import FinetuneAPI

/// `finetunectl model update`
struct ModelUpdate: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Make an alias, or change its gate or the notes on it.",
        discussion: """
            The gate is what a model has to show in an evaluation before the alias may stand for it. Requirements that \
            are not named here stay as they are; each has an option that drops it, and --clear-gate drops them all.

            Examples:
              finetunectl model update sales-sql --minimum-accuracy 0.8 --no-significant-loss --must-pass
              finetunectl model update sales-sql --minimum-accuracy 0.9
              finetunectl model update sales-sql --no-must-pass
              finetunectl model update sales-sql --clear-gate
              finetunectl model update sales-sql --metadata '{"owner":"sales"}'
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var model: ModelAlias

    @Option(help: ArgumentHelp("New notes of your own.", valueName: "json-object"), transform: JSONArgument.object)
    var metadata: JSONValue?

    @Flag(help: "Forget the notes.")
    var clearMetadata = false

    @OptionGroup var gate: GateOptions

    @Flag(help: "Let every model through.")
    var clearGate = false

    func validate() throws {
        guard !gate.changesAnything || !clearGate else {
            throw ValidationError("give either a gate or --clear-gate")
        }
        guard metadata == nil || !clearMetadata else {
            throw ValidationError("give either --metadata or --clear-metadata")
        }
    }

    func run(in session: Session) async throws {
        let changes = ServedModelChanges(
            metadata: metadata.change(clearing: clearMetadata), gate: gateChange)
        let answer = try await session.ask(Routes.changeModel, model.alias, body: changes)
        try await session.show(answer) { FieldList($0).text(on: $1) }
    }

    private var gateChange: Change<PromotionGateChanges> {
        if clearGate { return .cleared }
        return gate.changesAnything ? .set(gate.changes) : .unchanged
    }
}
