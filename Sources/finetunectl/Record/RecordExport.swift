import ArgumentParser
import FinetuneAPI
import Identifiers

/// `finetunectl record export`
struct RecordExport: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write a connection's golden records to a file that an import takes.",
        discussion: """
            Examples:
              finetunectl record export shop --output golden.jsonl
              finetunectl record export shop --format csv > golden.csv
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The connection's id or alias.")
    var connection: Reference

    @Option(help: "jsonl, json or csv. Default: what the output's name says, else jsonl.")
    var format: ExportFormat?

    @Option(
        help: ArgumentHelp(
            "The file, which appears once it is complete. Default: standard output.", valueName: "path"),
        completion: .file())
    var output: String?

    func run(in session: Session) async throws {
        let id = try await session.connectionID(connection)
        let format = format ?? output.flatMap(ExportFormat.init(fileName:)) ?? .jsonl
        try await OutputFile.write(to: output, session.console) { file in
            try await file.write(format.opening)
            try await Self.writeRecords(of: id, format, to: file, in: session)
            try await file.write(format.closing)
        }
    }

    private static func writeRecords(
        of connection: ObjectID, _ format: ExportFormat, to file: OutputFile, in session: Session
    ) async throws {
        var page = 1
        while true {
            let query = ConnectionPaging(databaseConnection: connection, page: page, limit: Page.greatestLimit)
            let records = try await session.ask(Routes.listRecords, query: query).response
            let text = records.enumerated().map { place, record in
                format.text(of: record, isFirst: page == 1 && place == 0)
            }
            try await file.write(text.joined())
            if records.count < Page.greatestLimit { return }
            page += 1
        }
    }
}

extension ExportFormat {
    fileprivate init?(fileName: String) {
        guard let ending = fileName.lowercased().split(separator: ".").last else { return nil }
        self.init(rawValue: String(ending))
    }
}
