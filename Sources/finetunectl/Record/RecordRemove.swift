import ArgumentParser
import FinetuneAPI
import Identifiers

/// `finetunectl record remove`
struct RecordRemove: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove a golden record.",
        discussion: "Example: finetunectl record remove 657a1b2c3d4e5f6071829304")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id.")
    var record: ObjectID

    func run(in session: Session) async throws {
        try await session.show(try await session.ask(Routes.deleteRecord, record)) { removed, _ in
            "removed golden record \(removed.id)\n"
        }
    }
}
