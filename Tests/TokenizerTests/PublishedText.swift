import Foundation
import Tokenizer

/// A text with the tokens that the published tokenizer (tiktoken 0.14.0, `encode_ordinary`) makes of it.
struct PublishedText: Decodable {
    let text: String
    private let cl100k_base: [TokenID]
    private let o200k_base: [TokenID]

    func tokens(of vocabulary: Vocabulary) -> [TokenID] {
        switch vocabulary {
        case .cl100k: cl100k_base
        case .o200k: o200k_base
        }
    }

    /// Those of the project, or of the file that `TOKENIZER_FIXTURES` names.
    static func all() throws -> [PublishedText] {
        let named = ProcessInfo.processInfo.environment["TOKENIZER_FIXTURES"].map { URL(fileURLWithPath: $0) }
        let file = named ?? Bundle.module.bundleURL.appending(path: "Fixtures/tokens.jsonl")
        return try Data(contentsOf: file).split(separator: UInt8(ascii: "\n")).map { line in
            try JSONDecoder().decode(PublishedText.self, from: Data(line))
        }
    }
}
