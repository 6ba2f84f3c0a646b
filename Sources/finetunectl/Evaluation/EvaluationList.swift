import ArgumentParser
import FinetuneAPI
import Identifiers

/// `finetunectl evaluation list`
struct EvaluationList: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List evaluations, newest last.",
        discussion: """
            Examples:
              finetunectl evaluation list
              finetunectl evaluation list shop-v2 --status succeeded
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "A finetuning's id or alias. Default: every finetuning.")
    var finetuning: Reference?

    @Option(help: "Only those that are \(EvaluationStatus.allCases.map(\.rawValue).joined(separator: ", ")).")
    var status: EvaluationStatus?

    @OptionGroup var page: Page

    func run(in session: Session) async throws {
        var id: ObjectID?
        if let finetuning { id = try await session.finetuningID(finetuning) }
        try await session.show(page) { [id] page, limit in
            let query = EvaluationPaging(finetuning: id, status: status, page: page, limit: limit)
            return try await session.ask(Routes.listEvaluations, query: query)
        } text: {
            TextTable(evaluations: $0).text(on: $1)
        }
    }
}
