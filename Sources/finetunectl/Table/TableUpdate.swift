import ArgumentParser
import FinetuneAPI
import Identifiers

/// `finetunectl table update`
struct TableUpdate: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Change a table's description; what is not named stays.",
        discussion: """
            Examples:
              finetunectl table update shop/orders --description "One row an order, cancelled ones too."
              finetunectl table update shop/orders --column "total=In euros, with tax."
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id, or CONNECTION/TABLE.")
    var table: TableReference

    @Option(help: "What the table holds, in words; empty words remove them.")
    var description: String?

    @Option(
        name: .customLong("column"),
        help: ArgumentHelp("What a column holds, in words; repeat it for several.", valueName: "name=words"))
    var columns: [ColumnWords] = []

    @Option(help: ArgumentHelp("New notes of your own.", valueName: "json-object"), transform: JSONArgument.object)
    var metadata: JSONValue?

    func validate() throws {
        if description == nil, columns.isEmpty, metadata == nil {
            throw ValidationError("name at least one thing to change")
        }
    }

    func run(in session: Session) async throws {
        let id = try await session.tableID(table)
        let words: Change<String> = description.map { $0.isEmpty ? .cleared : .set($0) } ?? .unchanged
        let changes = TableDescriptionChanges(
            description: words, columns: try await changedColumns(of: id, in: session),
            metadata: metadata.change(clearing: false))
        let answer = try await session.ask(Routes.changeTable, id, body: changes)
        try await session.show(answer) { FieldList($0).text(on: $1) }
    }

    private func changedColumns(of id: ObjectID, in session: Session) async throws -> [Column]? {
        if columns.isEmpty { return nil }
        var described = try await session.ask(Routes.readTable, id).response.columns
        for column in columns {
            guard let place = described.firstIndex(where: { $0.name == column.name }) else {
                let names = described.map(\.name)
                let nearest = NearestName.of(column.name, among: names).map { "did you mean \"\($0)\"?" }
                throw LocalProblem(
                    "the table has no column \"\(column.name)\"",
                    remedy: nearest ?? "its columns are \(names.joined(separator: ", "))")
            }
            described[place].description = column.words.isEmpty ? nil : column.words
        }
        return described
    }
}

/// A column's name and what it holds: `total=In euros.`
struct ColumnWords: Equatable, Sendable, ExpressibleByArgument {
    let name: String
    let words: String

    init?(argument: String) {
        let halves = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard halves.count == 2, !halves[0].isEmpty else { return nil }
        name = halves[0]
        words = halves[1]
    }
}
