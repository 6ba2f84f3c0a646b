import ArgumentParser
import FinetuneAPI
import LineTransport

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
            metadata: metadata.change(clearing: clearMetadata), gate: try await gateChange(in: session))
        let answer = try await session.ask(Routes.changeModel, model.alias, body: changes)
        try await session.show(answer) { FieldList($0).text(on: $1) }
    }

    /// The daemon takes a gate whole, so what is not named comes from the present one.
    private func gateChange(in session: Session) async throws -> Change<PromotionGate> {
        if clearGate { return .cleared }
        guard gate.changesAnything else { return .unchanged }
        return .set(gate.applied(to: try await presentGate(in: session)))
    }

    // An alias that nobody has is about to be made.
    private func presentGate(in session: Session) async throws -> PromotionGate? {
        do {
            let query = ServedModelQuery()
            return try await session.ask(Routes.readModel, model.alias, query: query, body: Nothing()).response.gate
        } catch ClientError.refused(_, let refusal) where refusal.code == .modelNotFound {
            return nil
        }
    }
}
