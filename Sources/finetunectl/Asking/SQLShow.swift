import ArgumentParser
import FinetuneAPI
import Identifiers

/// `finetunectl sql show`
struct SQLShow: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show an answer.",
        discussion: "Example: finetunectl sql show 657a1b2c3d4e5f6071829304")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id.")
    var id: ObjectID

    func run(in session: Session) async throws {
        try await session.show(try await session.ask(Routes.readGeneration, id)) { FieldList($0).text(on: $1) }
    }
}
