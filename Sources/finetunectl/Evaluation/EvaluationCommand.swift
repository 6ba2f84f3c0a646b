import ArgumentParser
import Identifiers

/// `finetunectl evaluation …`
struct EvaluationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluation",
        abstract: "Measurements of tuned models beside others.",
        subcommands: [
            EvaluationList.self, EvaluationShow.self, EvaluationAnswersCommand.self, EvaluationWatchCommand.self,
            EvaluationCancel.self, EvaluationRemove.self,
        ])
}

/// Which evaluation a command is about.
struct EvaluationReference: ParsableArguments {
    @Argument(help: "The evaluation's id.")
    var evaluation: ObjectID
}
