import Foundation
import Testing

@testable import finetuned

@Suite("The configuration file that is installed")
struct DefaultConfigurationFileTests {
    private let directory: ScratchDirectory
    private let text: String

    init() throws {
        directory = try ScratchDirectory()
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        text = try String(contentsOf: root.appending(path: "systemd/finetuned.yaml"), encoding: .utf8)
    }

    @Test("changes nothing as it is")
    func asInstalled() throws {
        #expect(try load(file: directory.file("finetuned.yaml", text), userID: 0) == load(userID: 0))
    }

    @Test("holds every key with its default, to be had by removing the number sign")
    func uncommented() throws {
        let file = try YAMLFile(text: Self.uncommented(text), name: "finetuned.yaml")
        let settings = FileSettings(file)
        #expect(settings.problems.isEmpty)
        #expect(settings.entries.keys.sorted() == Setting.all.map(\.key).sorted())
        let defaults = try load(userID: 0)
        let uncommented = try load(
            file: directory.file("finetuned.yaml", Self.uncommented(text)), userID: 0)
        for setting in Setting.all {
            guard let value = setting.yaml(of: defaults) else { continue }
            #expect(setting.yaml(of: uncommented) == value, "\(setting.key)")
        }
    }

    // A number sign and one space begin a sentence; anything else behind it is a key.
    private static func uncommented(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let isSentence = line == "#" || (line.hasPrefix("# ") && !line.hasPrefix("#  "))
            return line.hasPrefix("#") && !isSentence ? line.dropFirst() : line
        }
        return lines.joined(separator: "\n")
    }
}
