import ArgumentParser
import FinetuneAPI
import Identifiers

/// `finetunectl provider-object list`
struct ProviderObjectList: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List what was made at providers, newest last.",
        discussion: """
            Files, jobs and models stay listed when their finetunings are removed, so that nothing is left unseen.

            Examples:
              finetunectl provider-object list
              finetunectl provider-object list --kind file --finetuning shop-v1
            """)

    @OptionGroup var options: GlobalOptions

    @Option(help: "Only those that are a file, a job or a model.")
    var kind: ProviderObject.Kind?

    @Option(help: "Only those of this finetuning: its id or alias, or the id of one that is gone.")
    var finetuning: Reference?

    @OptionGroup var page: Page

    func run(in session: Session) async throws {
        var id: ObjectID?
        if let finetuning { id = try await session.finetuningID(finetuning) }
        try await session.show(page) { [id] page, limit in
            let query = ProviderObjectPaging(kind: kind, finetuning: id, page: page, limit: limit)
            return try await session.ask(Routes.listProviderObjects, query: query)
        } text: {
            TextTable(objects: $0).text(on: $1)
        }
    }
}

extension TextTable {
    /// Provider objects, one a row.
    init(objects: [ProviderObject]) {
        self.init(
            columns: [
                .fixed("KIND"), .fixed("ID"), .fixed("STATE"), .fixed("AGE", .right), .flexible("FINETUNING"),
                .fixed("CAME BY"), .flexible("ERROR"),
            ],
            rows: objects.map { object in
                [
                    Cell(object.kind.rawValue), Cell(object.id), Cell(object.state.rawValue, object.state.style),
                    Cell(object.readableAge), Cell(object.finetuningAlias), Cell(object.origin.rawValue),
                    Cell(object.error ?? "-"),
                ]
            },
            absence: "Nothing was made at a provider yet.")
    }
}

extension ProviderObject {
    /// In the largest unit of which it has one: `3 d`, `4 h`, `7 min`.
    fileprivate var readableAge: String {
        switch ageSeconds {
        case 86_400...: "\(ageSeconds / 86_400) d"
        case 3_600...: "\(ageSeconds / 3_600) h"
        case 60...: "\(ageSeconds / 60) min"
        default: "\(ageSeconds) s"
        }
    }
}

extension ProviderObject.State {
    fileprivate var style: Style {
        switch self {
        case .present: .plain
        case .removing: .doubtful
        case .removed: .quiet
        }
    }
}
