import Foundation
import Testing

@testable import TrainingData

/// A line of a training file as a provider reads it.
private struct ChatLine: Decodable, Equatable {
    struct Message: Decodable, Equatable {
        var role: String
        var content: String
    }

    var messages: [Message]
}

@Suite("The training file")
struct TrainingFileTests {
    let folder: TemporaryFolder
    let fitter = PromptFitter(tables: [.fixture("t")], dialect: .sqlite, redaction: .full, limit: .roomy)

    init() throws {
        folder = try TemporaryFolder()
    }

    private func lines(of record: GoldenRecord = .fixture()) throws -> TrainingLines {
        var lines = TrainingLines()
        lines.append(try fitter.example(question: record.promptText, sql: record.sql, reading: []).example)
        return lines
    }

    private func write(_ records: [GoldenRecord], to name: String = "file.jsonl") throws -> TrainingFile {
        let writer = try TrainingFileWriter(path: folder.path(name))
        for record in records { try writer.append(lines(of: record)) }
        return try writer.finish()
    }

    static let texts = [
        "plain", "\"quotes\" and \\ backslashes", "line\nbreak\r\n\ttab", "\u{1}\u{8}\u{C}\u{1F}\u{7F}", "ünï 表 👩‍👩‍👧",
        "\u{2028}\u{2029}\u{85}", "\u{80}\u{2027}\u{202A}â", "nul \0 inside", "{\"a\":[1]}",
    ]

    @Test("holds each example as one line of JSON that reads back as the agent's prompt and the SQL", arguments: texts)
    func readsBack(text: String) throws {
        let record = GoldenRecord.fixture(1, "Q " + text + ".", "SELECT '" + text + "'")
        let file = try write([record, record])
        let bytes = try Data(contentsOf: URL(filePath: file.path))
        let lines = String(decoding: bytes, as: UTF8.self).split { $0.isNewline }
        #expect(lines.count == 2)
        let prompt = try fitter.prompt(for: record.promptText).messages
        for line in lines {
            let messages = try JSONDecoder().decode(ChatLine.self, from: Data(line.utf8)).messages
            #expect(messages.map(\.role) == ["system", "user", "assistant"])
            #expect(messages.map(\.content) == [prompt.system, prompt.user, record.sql])
        }
    }

    @Test("says how large it is and what its SHA-256 is")
    func figures() throws {
        let file = try write((0..<3_000).map { .fixture($0, "Question \($0)?", "SELECT \($0)") })
        let bytes = try Data(contentsOf: URL(filePath: file.path))
        #expect(file.exampleCount == 3_000)
        #expect(file.byteCount == bytes.count)
        #expect(bytes.count { $0 == UInt8(ascii: "\n") } == 3_000)
        #expect(try sha256(ofFile: file.path) == file.sha256)
    }

    @Test("has the same bytes for the same records")
    func deterministic() throws {
        #expect(try write([.fixture()]).sha256 == write([.fixture()], to: "again").sha256)
    }

    // The checksum of coreutils, which shares no code with ours.
    private func sha256(ofFile path: String) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/sha256sum")
        process.arguments = [path]
        process.standardOutput = output
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        return String(text.prefix(64))
    }

    @Test("appears under its name only when it is finished, for its owner alone")
    func appearsWhole() throws {
        let writer = try TrainingFileWriter(path: folder.path("file"))
        try writer.append(lines())
        #expect(try folder.names == ["file.partial"])
        let file = try writer.finish()
        writer.discard()
        #expect(try folder.names == ["file"])
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("leaves nothing behind when it is given up, and replaces what a crash left")
    func discarded() throws {
        try Data("left".utf8).write(to: URL(filePath: folder.path("file.partial")))
        var writer: TrainingFileWriter? = try TrainingFileWriter(path: folder.path("file"))
        try writer?.append(lines())
        writer = nil
        #expect(try folder.names.isEmpty)
    }

    @Test("replaces the file of an earlier run at once")
    func replaces() throws {
        let first = try write([.fixture()])
        let second = try write([.fixture(), .fixture()])
        #expect(first.path == second.path)
        #expect(try Data(contentsOf: URL(filePath: second.path)).count == second.byteCount)
    }

    @Test("tells a full disk apart from what else goes wrong")
    func errors() throws {
        let path = folder.path("gone/file")
        #expect(throws: TrainingFileError.failed(.create, path: path, errno: ENOENT)) {
            try TrainingFileWriter(path: path)
        }
        #expect(TrainingFileError(.write, path: "f", errno: ENOSPC) == .diskFull(path: "f", errno: ENOSPC))
        #expect(TrainingFileError(.write, path: "f", errno: EDQUOT) == .diskFull(path: "f", errno: EDQUOT))
        #expect(TrainingFileError(.rename, path: "f", errno: EACCES).message == "could not rename f: Permission denied")
    }
}
