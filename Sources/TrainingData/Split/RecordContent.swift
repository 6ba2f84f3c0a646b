/// What a golden record says, as far as the split goes by it.
struct RecordContent: Hashable {
    /// Of the question, without what changes no question: case, punctuation, white space.
    let question: TextDigest
    /// Of the skeleton of the SQL.
    let skeleton: TextDigest

    init(_ record: GoldenRecord) {
        question = TextDigest(of: Self.plain(record.promptText))
        skeleton = TextDigest(of: SQLSkeleton(record.sql).text)
    }

    /// The question without what changes no question.
    static func plain(_ question: String) -> String {
        let words = question.lowercased().split { !$0.isLetter && !$0.isNumber }
        return words.isEmpty ? question : words.joined(separator: " ")
    }
}
