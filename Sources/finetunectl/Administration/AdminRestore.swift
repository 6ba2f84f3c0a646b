import ArgumentParser
import FoundationEssentials

/// `finetunectl admin restore`
struct AdminRestore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup in the place of the state.",
        discussion: """
            Works on files alone, while the daemon is stopped; run it as the daemon's user. The state that was there \
            is kept beside it. Jobs that were made at a provider after the backup are not known to it: look \
            at the provider's own list afterwards.

            Example:
              systemctl stop finetuned
              finetunectl admin restore /var/lib/finetuned/backups/state-20231213T173553.sqlite
              systemctl start finetuned
            """)

    @Argument(help: "The backup.", completion: .file(extensions: ["sqlite"]))
    var backup: String

    @Option(help: ArgumentHelp("The daemon's state directory.", valueName: "directory"))
    var stateDirectory = "/var/lib/finetuned"

    func run() async throws {
        let console = Console(terminal: .current(environment: ProcessInfo.processInfo.environment))
        let replaced = try await StateRestoration(directory: stateDirectory).restore(backup)
        for path in replaced { await console.note("Kept what was there: \(path)") }
        await console.note("Restored. Start the daemon now.")
    }
}
