import ArgumentParser
import FinetuneAPI
import Identifiers

/// `finetunectl sql run`
struct SQLRun: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run an answer's SQL on its SQLite database, reading only, and print its rows.",
        discussion: "Example: finetunectl sql run 657a1b2c3d4e5f6071829304 --max-rows 50")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The answer's id.")
    var id: ObjectID

    @Option(help: "The most rows.")
    var maxRows: Int?

    func run(in session: Session) async throws {
        let answer = try await session.ask(
            Routes.executeGeneration, id, query: ResultQuery(maximumRows: maxRows), body: Nothing())
        try await session.show(answer) { TextTable(result: $0).text(on: $1) }
        if answer.response.isTruncated, !session.wantsJSON {
            await session.console.note("There are more rows. All of them: finetunectl sql export \(id)")
        }
    }
}
