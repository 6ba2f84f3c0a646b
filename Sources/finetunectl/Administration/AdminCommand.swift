import ArgumentParser

/// `finetunectl admin`
struct AdminCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "admin", abstract: "The daemon's state: back up, check, restore.",
        subcommands: [AdminBackup.self, AdminCheck.self, AdminRestore.self])
}
