import FinetuneAPI
import Foundation
import LineTransport
import Testing

@Suite("Golden records from and to files", .serialized, .timeLimit(.minutes(10)))
struct ImportTests {
    /// A file as some program writes it. All hold the same two records.
    struct File: CustomTestStringConvertible {
        let testDescription: String
        let name: String
        let content: Data
    }

    private static let pairs = [
        Sample.Pair(question: "Which names, \"quoted\",\nover two lines?", sql: "SELECT name\nFROM systems"),
        Sample.Pair(question: "Wie viele Größen — 数?", sql: "SELECT count(*) FROM systems WHERE name <> 'a,b'"),
    ]
    private static let csv = """
        prompt_text,sql
        "Which names, ""quoted"",\nover two lines?","SELECT name\nFROM systems"
        Wie viele Größen — 数?,"SELECT count(*) FROM systems WHERE name <> 'a,b'"

        """
    private static let byteOrderMark = "\u{FEFF}"
    private static var windowsLines: String { csv.replacing("\n", with: "\r\n") }

    static let files = [
        File(testDescription: "CSV", name: "a.csv", content: Data(csv.utf8)),
        File(testDescription: "CSV with CRLF", name: "a.csv", content: Data(windowsLines.utf8)),
        File(testDescription: "CSV with a byte order mark", name: "a.csv", content: Data((byteOrderMark + csv).utf8)),
        File(
            testDescription: "CSV in UTF-16, little-endian, with CRLF", name: "a.csv",
            content: (byteOrderMark + windowsLines).data(using: .utf16LittleEndian) ?? Data()),
        File(
            testDescription: "CSV in UTF-16, big-endian", name: "a.csv",
            content: (byteOrderMark + csv).data(using: .utf16BigEndian) ?? Data()),
        File(
            testDescription: "CSV without a last line end", name: "a.csv", content: Data(csv.utf8.dropLast())),
        File(
            testDescription: "a JSON array", name: "a.json",
            content: Data(JSONValue.array(pairs.map(object)).bytes)),
        File(
            testDescription: "JSON Lines with empty lines", name: "a.jsonl",
            content: Data(pairs.flatMap { object($0).bytes + Array("\r\n\n".utf8) })),
    ]

    private static func object(_ pair: Sample.Pair) -> JSONValue {
        ["prompt_text": .string(pair.question), "sql": .string(pair.sql)]
    }

    @Test("are read right however they are written", arguments: files)
    func readRight(_ file: File) async throws {
        try await withTestHost { host in
            let client = try await host.startDaemon(DaemonOptions()).client()
            let connection = try await client.registerSample(on: host, records: 0)
            let path = try host.write(file.name, file.content)
            let outcome = try await host.finetunectl("record", "import", "sample", path, "--json").json
            #expect(outcome["imported"] == 2)
            let records = try await client.call(
                Routes.listRecords, query: ConnectionPaging(databaseConnection: connection))
            #expect(records.map { Sample.Pair(question: $0.promptText, sql: $0.sql) } == Self.pairs)
            #expect(records.allSatisfy { $0.check.status == .valid })
        }
    }

    @Test("come back the same from an export that is imported again", arguments: ["jsonl", "json", "csv"])
    func exportAndImport(_ format: String) async throws {
        try await withTestHost { host in
            let client = try await host.startDaemon(DaemonOptions()).client()
            _ = try await client.registerSample(on: host, alias: "sample", records: 0)
            _ = try await client.registerSample(on: host, alias: "copy", records: 0)
            try await host.finetunectl("record", "import", "sample", Sample.goldenRecordsFile.path())
            let odd = try host.write("odd.csv", Self.csv.utf8)
            try await host.finetunectl("record", "import", "sample", odd)
            try await host.finetunectl(
                "record", "add", "sample", "Noted?", "SELECT 1", "--metadata", #"{"by":"me, \"myself\""}"#)

            let first = host.path("first.\(format)")
            try await host.finetunectl("record", "export", "sample", "--output", first)
            try await host.finetunectl("record", "import", "copy", first)
            let second = try await host.finetunectl("record", "export", "copy", "--format", format)
            #expect(try String(contentsOfFile: first, encoding: .utf8) == second.output)
            #expect(try Sample.pairs.allSatisfy { second.output.contains($0.question) || format == "csv" })
        }
    }

    @Test("that are broken import nothing and are named by line; with --skip-bad, the others come in")
    func brokenRecords() async throws {
        try await withTestHost { host in
            let client = try await host.startDaemon(DaemonOptions()).client()
            _ = try await client.registerSample(on: host, records: 0)
            let good = #"{"prompt_text":"How many?","sql":"SELECT count(*) FROM systems"}"#
            let path = try host.write("some.jsonl", "\(good)\n{\"prompt_text\":1}\n\(good)x\n\(good)\n".utf8)
            let refused = try await host.runClient(["record", "import", "sample", path])
            #expect(refused.exitCode == 2)
            #expect(refused.errorOutput.contains("\(path):2") && refused.errorOutput.contains("\(path):3"))
            #expect(try await client.call(Routes.listRecords, query: ConnectionPaging()).isEmpty)
            let outcome = try await host.finetunectl("record", "import", "sample", path, "--skip-bad", "--json").json
            #expect(outcome["imported"] == 2)
            #expect(outcome["skipped"] == 2)
        }
    }

    @Test("by the thousand are imported in requests that fit the daemon's limits")
    func manyRecords() async throws {
        try await withTestHost { host in
            let client = try await host.startDaemon(DaemonOptions()).client()
            _ = try await client.registerSample(on: host, records: 0)
            let lines = (1...2_500).map { number in
                Self.object(.init(question: "Question \(number)?", sql: "SELECT \(number) FROM systems")).text + "\n"
            }
            let input = Data(lines.joined().utf8)
            let outcome = try await host.finetunectl("record", "import", "sample", "-", "--json", input: input).json
            #expect(outcome["imported"] == 2_500)
            let all = try await host.finetunectl("record", "list", "sample", "--all", "--json").json.array ?? []
            #expect(all.map { $0["prompt_text"]?.string } == (1...2_500).map { "Question \($0)?" })
        }
    }

    @Test(
        "that are stopped half-way, and once more, end at once and are told how far they came",
        arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func stoppedTwice(_ signal: Int32, _ status: Int32) async throws {
        try await withTestHost { host in
            var options = DaemonOptions()
            // So that the second signal finds records under way.
            options.configuration = "limits:\n  requests_per_second_per_user: 2\n"
            let daemon = try await host.startDaemon(options)
            try await host.finetunectl("connection", "add", "--alias", "sample", "--dialect", "postgresql")
            let lines = (1...100).map { Self.object(.init(question: "\($0)?", sql: "SELECT \($0)")).text + "\n" }
            let file = try host.write("many.jsonl", lines.joined().utf8)
            let arguments = ["record", "import", "sample", file, "--batch", "1", "--socket", daemon.socket]
            let program = try host.start(.finetunectl, arguments)
            try await eventually("records come in") {
                try daemon.program.errorOutput.contains("POST /api/v1/golden-records/import 201")
            }
            try await eventually("the import ends") {
                program.send(signal)
                return !program.isRunning
            }
            #expect(try await program.ending() == .exited(status))
            #expect(
                try program.errorOutput.contains(/of 100 records were added .* The same command with --from-line \d+/))
        }
    }
}
