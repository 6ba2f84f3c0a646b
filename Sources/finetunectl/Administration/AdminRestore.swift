import ArgumentParser
import FoundationEssentials

/// `finetunectl admin restore`
struct AdminRestore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup in the place of the state.",
        discussion: """
            Works on files alone, while the daemon is stopped, and its socket too, which would start it again; run it \
            as root or as the daemon's user. All of the backup is looked at first (finetuned --check-backup), and \
            refused if a daemon could not start from it. The state that was there is kept beside it.

            What happened after the backup is not known to it. The provider's job of an order that is in the backup is \
            found, and not paid again. An order that was accepted later has its job at the provider alone: look at the \
            provider's own list. What was cancelled or removed later is as it was: cancel it again. Training files \
            that are gone are built anew. Events are numbered on from the backup's: programs that follow them by number \
            begin again.

            Example:
              systemctl stop finetuned.socket finetuned.service
              finetunectl admin restore /var/lib/finetuned/backups/state-20231213T173553.sqlite
              systemctl start finetuned
            """)

    @Argument(help: "The backup.", completion: .file(extensions: ["sqlite"]))
    var backup: String

    @Option(help: ArgumentHelp("The daemon's state directory.", valueName: "directory"))
    var stateDirectory = "/var/lib/finetuned"

    @Flag(help: "Do not have finetuned look at all of the backup first.")
    var unchecked = false

    func run() async throws {
        let console = Console(terminal: .current(environment: ProcessInfo.processInfo.environment))
        if !unchecked { try await BackupInspection().inspect(backup) }
        let replaced = try await StateRestoration(directory: stateDirectory).restore(backup)
        for path in replaced { await console.note("Kept what was there: \(path)") }
        await console.note("Restored. Start the daemon now.")
    }
}
