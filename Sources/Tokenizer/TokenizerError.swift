/// Why tokens could not be read.
package enum TokenizerError: Error, Hashable, Sendable {
    /// The vocabulary has no such token. Ids of special tokens are not text either, and count as unknown.
    case unknownToken(TokenID, Vocabulary)
}

extension TokenizerError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownToken(let token, let vocabulary):
            "token \(token) is not of the vocabulary \(vocabulary.rawValue)"
        }
    }
}
