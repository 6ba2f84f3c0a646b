import ArgumentParser

/// `finetunectl table …`
struct TableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "table",
        abstract: "The tables that prompts show.",
        subcommands: [
            TableScan.self, TableRefreshCommand.self, TableDescribe.self, TableList.self, TableShow.self,
            TableUpdate.self,
            TableRemove.self,
        ])
}
