import ArgumentParser
import FinetuneAPI
import Identifiers

/// `finetunectl record show`
struct RecordShow: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a golden record whole.",
        discussion: "Example: finetunectl record show 657a1b2c3d4e5f6071829304")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id.")
    var record: ObjectID

    func run(in session: Session) async throws {
        try await session.show(try await session.ask(Routes.readRecord, record)) { FieldList($0).text(on: $1) }
    }
}
