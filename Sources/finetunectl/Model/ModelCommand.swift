import ArgumentParser

/// `finetunectl model …`
struct ModelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "Models by alias: what agents ask for by a name that stays.",
        subcommands: [
            ModelList.self, ModelShow.self, ModelPromote.self, ModelRollback.self, ModelHistory.self,
            ModelFollowCommand.self, ModelUpdate.self, ModelRemove.self,
        ])
}

/// The alias that a command is about.
struct ModelAlias: ParsableArguments {
    @Argument(help: "The model's alias.")
    var alias: String
}

/// What a command that switches models may say besides.
struct SwitchOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The version that the alias has now; refused if another came first.", valueName: "version"))
    var expect: Int?

    @Option(help: "Why, for the history.")
    var note: String?
}
