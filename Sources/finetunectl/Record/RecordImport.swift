import ArgumentParser
import FinetuneAPI
import Identifiers

/// `finetunectl record import`
struct RecordImport: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Add the golden records of a file.",
        discussion: """
            Formats: JSON Lines, a JSON array, CSV and TSV (also separated by semicolons), in UTF-8 or UTF-16. The \
            question is called prompt_text, question, nlq, prompt or query; the SQL sql, golden_sql, query, answer or \
            completion; metadata is an object. Other names are not used, and named. In quoted cells, CRLF becomes LF. \
            Other encodings: iconv -f WINDOWS-1252 -t UTF-8 FILE | finetunectl record import shop - --format csv

            The whole file is read before anything is sent. If a record is broken, its line and the reason are told \
            and nothing is imported; with --skip-bad, the others are. Ctrl-C ends an import after the batches under \
            way, a second one at once; both tell how far it came, and --from-line goes on from there. With --json, the result is one object: imported, skipped, checks, invalid.

            Examples:
              finetunectl record import shop golden.jsonl
              finetunectl record import shop pairs.csv --skip-bad
              finetunectl record import shop pairs.csv --from-line 152001
              jq -c '.pairs[]' pairs.json | finetunectl record import shop - --format jsonl
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The connection's id or alias.")
    var connection: Reference

    @Argument(help: "The file; - is standard input.", completion: .file())
    var file: String

    @Option(help: "What the file holds: auto, jsonl, json, csv or tsv.")
    var format = ImportFormat.auto

    @Flag(help: "Leave broken records out instead of importing nothing.")
    var skipBad = false

    @Option(help: "Pass over the records that begin before this line; a heading counts.")
    var fromLine = 1

    @Option(name: .customLong("batch"), help: "The most records a request, up to 10000.")
    var batchSize = 1000

    func validate() throws {
        guard (1...10_000).contains(batchSize) else { throw ValidationError("--batch is from 1 to 10000") }
        guard fromLine >= 1 else { throw ValidationError("--from-line is 1 or more") }
    }

    func run(in session: Session) async throws {
        let source = try await ImportFile.open(file, format: format, from: fromLine)
        let id = try await session.connectionID(connection)
        let lineBytes = try await session.ask(Routes.status).response.limits.lineBytes
        let batcher = RecordBatcher(connection: id, maximumRecords: batchSize, lineBytes: lineBytes)
        let check = try await check(source, batcher, in: session)
        if let obstacle = check.obstacle(in: source.name, skipsBad: skipBad) { throw obstacle }
        await tell(check, source, in: session)
        let outcome = try await send(source, batcher, check, in: session)
        try await session.output(outcome, file: source.name, skipped: check.brokenRows)
    }

    private func check(
        _ source: ImportFile, _ batcher: RecordBatcher, in session: Session
    ) async throws -> ImportCheck {
        let bar = ProgressBar(label: "checking", unit: "bytes", total: source.size)
        let display = ProgressDisplay(bar: bar, console: session.console)
        var check = ImportCheck()
        while let elements = try await source.next() {
            for element in elements {
                check.add(element.fitting(batcher))
            }
            await display.show(await source.offset)
        }
        return check
    }

    private func tell(_ check: ImportCheck, _ source: ImportFile, in session: Session) async {
        for complaint in check.complaints(about: source.name) {
            await session.console.note("left out \(complaint)".onOneLine)
        }
        let unused = await source.unusedNames.sorted()
        if !unused.isEmpty {
            await session.console.note("not used: \(unused.joined(separator: ", "))".onOneLine)
        }
    }

    private func send(
        _ source: ImportFile, _ batcher: RecordBatcher, _ check: ImportCheck, in session: Session
    ) async throws -> ImportOutcome {
        try await source.rewind()
        let bar = ProgressBar(label: "importing", unit: "records", total: check.records)
        let display = ProgressDisplay(bar: bar, console: session.console)
        do {
            let console = session.console
            let outcome = try await heedingInterruption {
                await console.note("Ending after the records under way; Ctrl-C once more ends at once.")
            } _: { [skipBad] interruption in
                try await RecordSender(
                    session: session, file: source, batcher: batcher, skipsBad: skipBad, interruption: interruption
                ) { await display.show($0) }.send()
            }
            await session.console.clearTransientLine()
            return outcome
        } catch let interruption as ImportInterrupted {
            let added = interruption.outcome.added.grouped
            let line = interruption.firstMissingLine
            await session.console.note(
                """
                \(added) of \(check.records.grouped) records were added before the import ended; the first that may be \
                missing is on line \(line.grouped). The same command with --from-line \(line) goes on there
                """)
            throw interruption.cause
        }
    }
}

extension Session {
    fileprivate func output(_ outcome: ImportOutcome, file: String, skipped: Int) async throws {
        for row in outcome.refused.sorted(by: { $0.line < $1.line }).prefix(ImportCheck.namedLimit) {
            await console.note("left out \(file):\(row.line): \(row.problem.reason)".onOneLine)
        }
        try await console.output(
            wantsJSON ? outcome.json(skipped: skipped).text + "\n" : outcome.text(file: file, skipped: skipped))
    }
}

extension RecordReader.Element {
    /// The element, broken if it is a record that fits no request.
    fileprivate func fitting(_ batcher: RecordBatcher) -> RecordReader.Element {
        switch self {
        case .broken: self
        case .record(let record):
            batcher.obstacle(to: record).map { .broken(BrokenRow(line: record.line, problem: $0)) } ?? self
        }
    }
}
