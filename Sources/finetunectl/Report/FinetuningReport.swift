import ArgumentParser
import FinetuneAPI
import Identifiers
import LineTransport

/// `finetunectl finetuning report`
struct FinetuningReport: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write a page about a finetuning: what went in, what it cost, how it learnt, how good it is.",
        discussion: """
            The page is one file that needs nothing else: no script, no other address. It reads well on paper too.

            Examples:
              finetunectl finetuning report shop-v2 --html shop-v2.html
              finetunectl finetuning report shop-v2 --html shop-v2.html --evaluation 6b046880624ebede0ec29c22
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The finetuning's id or alias.")
    var finetuning: Reference

    @Option(
        help: ArgumentHelp("The file, which appears once it is complete. `-`: standard output.", valueName: "path"),
        completion: .file())
    var html: String

    @Option(help: ArgumentHelp("The evaluation to show. Default: the newest that succeeded.", valueName: "id"))
    var evaluation: ObjectID?

    func run(in session: Session) async throws {
        let id = try await session.finetuningID(finetuning)
        let page = ReportPage(try await ReportFacts(of: id, evaluation: evaluation, from: session)).html
        try await OutputFile.write(to: html, session.console) { file in try await file.write(page) }
        if html != "-" { await session.console.note("wrote \(html)") }
    }
}
