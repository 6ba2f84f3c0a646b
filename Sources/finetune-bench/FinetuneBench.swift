import ArgumentParser

@main
struct FinetuneBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finetune-bench",
        abstract: "Measures parts of finetuned, each by a subcommand that prints one JSON object a line.",
        subcommands: [TokenizerBench.self, DatasetBench.self])
}
