import ArgumentParser

/// `finetunectl connection …`
struct ConnectionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "connection",
        abstract: "The databases that golden records are about.",
        subcommands: [
            ConnectionAdd.self, ConnectionList.self, ConnectionShow.self, ConnectionUpdate.self,
            ConnectionRemove.self,
        ])
}
