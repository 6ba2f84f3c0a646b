import ArgumentParser

/// `finetunectl provider-object`
struct ProviderObjectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "provider-object", abstract: "Files, jobs and models at providers.",
        subcommands: [ProviderObjectList.self])
}
