import ArgumentParser
import FinetuneAPI
import Identifiers
import Testing

@testable import finetunectl

@Suite("Command lines")
struct CommandLineTests {
    /// Every command that does something, and the examples of its help.
    static let commands = leaves(of: Finetunectl.self)

    @Test("each example in the help parses, as its own command")
    func examples() async throws {
        for command in Self.commands {
            let examples = Self.examples(in: command.configuration.discussion)
            #expect(!examples.isEmpty, "\(command) has no example")
            for example in examples {
                let parsed = try await Finetunectl.asyncParseAsRoot(example)
                #expect(type(of: parsed) == command, "\(example)")
            }
        }
    }

    @Test("the examples of the first page parse")
    func firstPage() async throws {
        let examples = Self.examples(in: Finetunectl.configuration.discussion)
        #expect(examples.count == 5)
        for example in examples {
            _ = try await Finetunectl.asyncParseAsRoot(example)
        }
    }

    @Test("each command tells what it is for")
    func abstracts() {
        for command in Self.commands {
            #expect(!command.configuration.abstract.isEmpty, "\(command)")
        }
    }

    @Test("no option takes a key as its value, where other processes could see it")
    func noKeyOnTheCommandLine() async {
        for option in ["--api-key", "--llm-api-key"] {
            await #expect(throws: (any Error).self) {
                try await Finetunectl.asyncParseAsRoot(["connection", "add", "--alias", "a", option, "sk-1"])
            }
        }
    }

    @Test("a connection is called by id or alias")
    func references() {
        #expect(Reference(argument: "657a1b2c3d4e5f6071829304") == .id(ObjectID("657a1b2c3d4e5f6071829304")!))
        #expect(Reference(argument: "shop") == .alias("shop"))
        #expect(Reference(argument: "") == nil)
    }

    @Test("a table is called by id, or by its connection and name")
    func tableReferences() {
        #expect(TableReference(argument: "shop/main.orders") == .name(connection: .alias("shop"), table: "main.orders"))
        #expect(TableReference(argument: "orders") == nil)
    }

    @Test(
        "a path to a database becomes its URI",
        arguments: [
            ("shop.sqlite", "sqlite:///home/ann/shop.sqlite"), ("./a/../shop.sqlite", "sqlite:///home/ann/shop.sqlite"),
            ("/data/shop.sqlite", "sqlite:///data/shop.sqlite"), ("../bob/x.db", "sqlite:///home/bob/x.db"),
            ("sqlite:///data/shop.sqlite", "sqlite:///data/shop.sqlite"),
            ("my shop 100%.db", "sqlite:///home/ann/my%20shop%20100%25.db"),
            ("postgresql://db/shop", "postgresql://db/shop"),
        ])
    func databaseURI(text: String, uri: String) {
        #expect(DatabaseURI.normalized(text, relativeTo: "/home/ann") == uri)
    }

    @Test("an order carries just what was given")
    func order() throws {
        let connection = ObjectID(seconds: 1, suffix: 2)
        let bare = try OrderOptions.parse(["shop"]).order(for: connection)
        #expect(bare == NewFinetuning(databaseConnection: connection))
        let full = try OrderOptions.parse([
            "shop", "--epochs", "2", "--model", "gpt-4o", "--schema", "a", "--schema", "b",
        ])
        #expect(
            full.order(for: connection)
                == NewFinetuning(
                    databaseConnection: connection,
                    baseLLM: BaseLLM(modelName: "gpt-4o", modelParameters: ModelParameters(epochs: "2")),
                    schemas: ["a", "b"]))
    }
}

extension CommandLineTests {
    private static func leaves(of command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
        let children = command.configuration.subcommands
        return children.isEmpty ? [command] : children.flatMap(leaves)
    }

    /// The arguments of each line that runs the program, without pipes and redirections around it.
    static func examples(in help: String) -> [[String]] {
        help.split(separator: "\n").compactMap { line in
            guard let start = line.firstRange(of: "finetunectl ") else { return nil }
            let before = line[..<start.lowerBound].split(separator: " ").last
            guard before == nil || before == "Example:" || before == "|" else { return nil }
            return words(line[start.upperBound...])
        }
    }

    /// Splits as a shell does, as far as examples need it.
    private static func words(_ line: Substring) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for character in line {
            if character == quote {
                quote = nil
            } else if quote == nil, character == "\"" || character == "'" {
                quote = character
                word = word ?? ""
            } else if quote == nil, character == " " {
                if let word { words.append(word) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        let all = words + [word].compactMap(\.self)
        return Array(all.prefix { $0 != "<" && $0 != ">" })
    }
}
