import ArgumentParser
import FinetuneAPI
import Identifiers
import LineTransport

/// `finetunectl sql export`
struct SQLExport: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the rows of an answer's SQL as comma-separated values.",
        discussion: "Example: finetunectl sql export 657a1b2c3d4e5f6071829304 --output late-orders.csv")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The answer's id.")
    var id: ObjectID

    @Option(help: "The most rows. Default: as many as the daemon gives, a million.")
    var maxRows: Int?

    @Option(
        help: ArgumentHelp(
            "The file, which appears once it is complete. Default: standard output.", valueName: "path"),
        completion: .file())
    var output: String?

    func run(in session: Session) async throws {
        let request = try Routes.generationCSV.request(
            id, query: ResultQuery(maximumRows: maxRows), body: Nothing())
        let toTerminal = output == nil && session.terminal.outputWidth != nil
        var end: CSVEnd?
        try await OutputFile.write(to: output, session.console) { file in
            for try await reply in session.client.stream(request.method, request.path) {
                guard reply.isPartial else {
                    end = try reply.response()
                    break
                }
                let text = try reply.response(CSVText.self).text
                // A file gets what the database has; a terminal must not obey it.
                try await file.write(toTerminal ? text.replacing("\r\n", with: "\n").onManyLines : text)
            }
        }
        if let end, end.isTruncated {
            await session.console.note(
                "These are the first \(end.rows.grouped) rows; there are more."
                    + (maxRows == nil ? " The daemon's queries.rows says how many it gives." : ""))
        }
    }
}
