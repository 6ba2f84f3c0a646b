import Foundation
import Glibc
import Logging
import Testing

@testable import Systemd

@Suite("The journal")
struct JournalTests {
    private static func entry(_ metadata: Logger.Metadata, at level: Logger.Level = .info) -> JournalEntry {
        let event = LogEvent(
            level: level, message: "it happened", metadata: nil, source: "test", file: "Jobs/Job.swift",
            function: "run()", line: 7)
        return JournalEntry(event, metadata: metadata)
    }

    @Test("an entry has the message, where it comes from, and its metadata as fields")
    func fields() {
        let entry = Self.entry(["peer_uid": "1000", "request": "7", "db connection": "x"])
        #expect(
            entry.fields == [
                "MESSAGE": "it happened", "PRIORITY": "6", "CODE_FILE": "Jobs/Job.swift", "CODE_LINE": "7",
                "CODE_FUNC": "run()", "FT_PEER_UID": "1000", "FT_REQUEST": "7", "FT_DB_CONNECTION": "x",
            ])
    }

    @Test("the message of a finetuning names it, and an event that people look for has its id")
    func lifecycle() {
        let entry = Self.entry(["job": "6b04", "event": "succeeded"])
        #expect(entry.fields["MESSAGE"] == "finetuning 6b04: it happened")
        #expect(entry.fields["FT_JOB"] == "6b04")
        #expect(entry.fields["MESSAGE_ID"] == CataloguedMessage.jobSucceeded.id)
        #expect(Self.entry(["event": "upload_started"]).fields["MESSAGE_ID"] == nil)
    }

    @Test(
        "levels are syslog's",
        arguments: zip(Logger.Level.allCases, ["7", "7", "6", "5", "4", "3", "2"]))
    func priorities(_ level: Logger.Level, _ priority: String) {
        #expect(Self.entry([:], at: level).fields["PRIORITY"] == priority)
    }

    @Test("fields are written one after the other, whatever they hold")
    func assignments() {
        let (bytes, ranges) = Self.entry(["note": "two\nlines=2"]).assignments
        let texts = ranges.map { String(decoding: bytes[$0], as: UTF8.self) }
        #expect(texts.contains("FT_NOTE=two\nlines=2"))
        #expect(texts.joined().utf8.count == bytes.count)
    }

    @Test("the journal is used only if standard error is connected to what JOURNAL_STREAM names")
    func stream() {
        var information = stat()
        fstat(STDERR_FILENO, &information)
        let own = "\(information.st_dev):\(information.st_ino)"
        #expect(Journal(environment: ["JOURNAL_STREAM": own]) != nil)
        #expect(Journal(environment: ["JOURNAL_STREAM": own + "1"]) == nil)
        #expect(Journal(environment: [:]) == nil)
    }

    @Test("every message with an id is explained in the catalog, and each has an id of its own")
    func catalog() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let catalog = try String(contentsOf: root.appending(path: "systemd/finetuned.catalog"), encoding: .utf8)
        let explained = catalog.split(separator: "\n").filter { $0.hasPrefix("-- ") }.map { String($0.dropFirst(3)) }
        #expect(Set(explained) == Set(CataloguedMessage.allCases.map(\.id)))
        #expect(explained.count == CataloguedMessage.allCases.count)
    }
}
