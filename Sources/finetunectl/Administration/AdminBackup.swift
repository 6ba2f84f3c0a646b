import ArgumentParser
import FinetuneAPI

/// `finetunectl admin backup`
struct AdminBackup: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the state while the daemon goes on.",
        discussion: """
            Makes a new file in the folder backups of the state directory, and prints its path. The key that \
            encrypts connections' own keys is not in it: keep storage.key too, elsewhere. With --keep, older ones \
            are removed once the new one is whole; finetuned-backup.timer does that every day.

            Example: finetunectl admin backup --keep 14
            """)

    @OptionGroup var options: GlobalOptions

    @Option(help: ArgumentHelp("How many backups are left, this one included.", valueName: "count"))
    var keep: Int?

    func run(in session: Session) async throws {
        try await session.show(try await session.ask(Routes.backUp, query: BackupOptions(keep: keep))) { backup, _ in
            "\(backup.path)\n"
        }
    }
}
