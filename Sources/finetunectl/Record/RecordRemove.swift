import ArgumentParser
import FinetuneAPI
import Identifiers

/// `finetunectl record remove`
struct RecordRemove: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove golden records.",
        discussion: """
            With --json, an array with an object for each.

            Examples:
              finetunectl record remove 657a1b2c3d4e5f6071829304 657a1b2c3d4e5f6071829305
              finetunectl record remove --all-of shop
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Their ids.")
    var records: [ObjectID] = []

    @Option(help: ArgumentHelp("Remove every record of a connection instead.", valueName: "connection"))
    var allOf: Reference?

    func validate() throws {
        guard records.isEmpty != (allOf == nil) else {
            throw ValidationError("give either ids or --all-of")
        }
    }

    func run(in session: Session) async throws {
        var ids = records
        if let allOf { ids = try await session.recordIDs(of: allOf) }
        let bar = ProgressBar(label: "removing", unit: "records", total: ids.count)
        let display = ProgressDisplay(bar: bar, console: session.console)
        var removed: [Deleted] = []
        var bodies: [JSONValue] = []
        for id in ids {
            let answer = try await session.ask(Routes.deleteRecord, id)
            removed.append(answer.response)
            bodies.append(answer.body)
            await display.show(removed.count)
        }
        try await session.show(Answer(body: .array(bodies), response: removed)) { removed, _ in
            removed.count == 1
                ? "removed golden record \(removed[0].id)\n" : "removed \(removed.count.grouped) golden records\n"
        }
    }
}

extension Session {
    fileprivate func recordIDs(of connection: Reference) async throws -> [ObjectID] {
        let id = try await connectionID(connection)
        let records = try await everyPage { page in
            let query = ConnectionPaging(databaseConnection: id, page: page, limit: Page.greatestLimit)
            return try await ask(Routes.listRecords, query: query)
        }
        return records.response.map(\.id)
    }
}
