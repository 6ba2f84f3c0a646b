/// How much a prompt tells of its tables. Where the whole does not fit, each case leaves out one thing more.
package enum PromptDetail: String, CaseIterable, Hashable, Sendable, Comparable {
    /// All that is known.
    case whole
    /// All but sample rows.
    case withoutSampleRows = "without_sample_rows"
    /// No categories either.
    case withoutCategories = "without_categories"
    /// No descriptions either: only DDL, and what the columns refer to.
    case withoutDescriptions = "without_descriptions"

    /// Whether sample rows are shown.
    package var showsSampleRows: Bool { self < .withoutSampleRows }
    /// Whether the values of columns that have few are shown.
    package var showsCategories: Bool { self < .withoutCategories }
    /// Whether descriptions of tables and columns are shown.
    package var showsDescriptions: Bool { self < .withoutDescriptions }

    /// The case that tells more is the smaller.
    package static func < (left: PromptDetail, right: PromptDetail) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .whole: 0
        case .withoutSampleRows: 1
        case .withoutCategories: 2
        case .withoutDescriptions: 3
        }
    }
}
