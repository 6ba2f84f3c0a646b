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

    /// Whether a split that holds out this share holds the record out. The greater share holds out the same records
    /// and more.
    func isHeldOut(share: Double) -> Bool {
        Double(skeleton.high) < share * 0x1p64
    }

    private static func plain(_ question: String) -> String {
        let words = question.lowercased().split { !$0.isLetter && !$0.isNumber }
        return words.isEmpty ? question : words.joined(separator: " ")
    }
}
