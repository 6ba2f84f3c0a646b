import ArgumentParser

/// `finetunectl record …`
struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Golden records: questions, and the SQL that answers them.",
        subcommands: [
            RecordImport.self, RecordChecksCommand.self, RecordExport.self, RecordAdd.self, RecordList.self,
            RecordShow.self, RecordUpdate.self, RecordRemove.self,
        ])
}
