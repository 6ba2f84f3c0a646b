import ArgumentParser
import FinetuneAPI

/// `finetunectl admin backup`
struct AdminBackup: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the state while the daemon goes on.",
        discussion: """
            Makes a new file in the folder backups of the state directory, and prints its path. The key that \
            encrypts connections' own keys is not in it: keep storage.key too, elsewhere.

            Example: finetunectl admin backup
            """)

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) async throws {
        try await session.show(try await session.ask(Routes.backUp)) { backup, _ in
            "\(backup.path)\n"
        }
    }
}
