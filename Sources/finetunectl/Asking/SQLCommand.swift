import ArgumentParser

/// `finetunectl sql …`
struct SQLCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sql",
        abstract: "Answers to questions: the SQL, and what it gives.",
        subcommands: [SQLList.self, SQLShow.self, SQLRun.self, SQLExport.self])
}
