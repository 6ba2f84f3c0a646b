import ArgumentParser

/// `finetunectl finetuning …`
struct FinetuningCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finetuning",
        abstract: "Fine-tuning jobs, from plan to model.",
        subcommands: [
            FinetuningPlanCommand.self, FinetuningCreate.self, FinetuningList.self, FinetuningShow.self,
            FinetuningWatchCommand.self, FinetuningWait.self, FinetuningEvents.self, FinetuningCheckpoints.self,
            FinetuningFile.self, FinetuningReport.self, FinetuningCancel.self, FinetuningUpdate.self,
            FinetuningRemove.self,
        ])
}
