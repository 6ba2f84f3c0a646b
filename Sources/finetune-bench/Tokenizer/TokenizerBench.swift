import ArgumentParser
import FoundationEssentials
import Tokenizer

/// What contrib/bench/tokenizer holds against the published tokenizer.
struct TokenizerBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokenizer",
        abstract: "Counts the tokens of texts, file by file, with every vocabulary.",
        discussion: "Counting is measured in processor time of the one thread that counts, loading as it passes.")

    @Option(help: "How often to count. The shortest time is printed.")
    var rounds = 5

    @Option(help: "What stands between the texts of a file.")
    var separator = TextSeparator.lineFeed

    @Argument(help: "Files of UTF-8.")
    var files: [String]

    func run() throws {
        let files = try files.map { try TextFile(path: $0, separator: separator) }
        for vocabulary in Vocabulary.allCases {
            let (tokenizer, loadSeconds) = load(vocabulary)
            for file in files {
                try print(Measurement(of: file, with: tokenizer, rounds: rounds, loadSeconds: loadSeconds).json)
            }
        }
    }

    private func load(_ vocabulary: Vocabulary) -> (Tokenizer, seconds: Double) {
        let start = ContinuousClock.now
        let tokenizer = Tokenizer(vocabulary)
        return (tokenizer, (ContinuousClock.now - start) / .seconds(1))
    }
}

/// What stands between the texts of a file.
enum TextSeparator: String, CaseIterable, ExpressibleByArgument {
    case lineFeed = "line-feed"
    case nul

    fileprivate var byte: UInt8 {
        switch self {
        case .lineFeed: 0x0A
        case .nul: 0
        }
    }
}

/// The texts of a file.
private struct TextFile {
    let path: String
    let texts: [String]

    init(path: String, separator: TextSeparator) throws {
        self.path = path
        texts = try Data(contentsOf: URL(filePath: path))
            .split(separator: separator.byte)
            .map { String(decoding: $0, as: UTF8.self) }
    }
}

/// What one file took.
private struct Measurement: Encodable {
    let vocabulary: String
    let file: String
    let bytes: Int
    let tokens: Int
    let seconds: Double
    let loadSeconds: Double

    init(of file: TextFile, with tokenizer: Tokenizer, rounds: Int, loadSeconds: Double) {
        var tokens = 0
        let times = (0..<max(rounds, 1)).map { _ in
            ThreadClock.seconds { tokens = file.texts.reduce(0) { $0 + tokenizer.count($1) } }
        }
        vocabulary = tokenizer.vocabulary.rawValue
        self.file = file.path
        bytes = file.texts.reduce(0) { $0 + $1.utf8.count }
        self.tokens = tokens
        seconds = times.min() ?? 0
        self.loadSeconds = loadSeconds
    }
}
