import GRDB
import Jobs

extension CostEstimate {
    /// The columns of a finetuning without an estimate.
    static let noColumns: [String: (any DatabaseValueConvertible)?] = [
        "tokens_per_epoch": nil, "least_epochs": nil, "likely_epochs": nil, "most_epochs": nil,
        "microdollars_per_million_tokens": nil,
    ]

    /// The values of the columns, by name.
    var columns: [String: (any DatabaseValueConvertible)?] {
        [
            "tokens_per_epoch": tokensPerEpoch, "least_epochs": epochs.lowerBound, "likely_epochs": likelyEpochs,
            "most_epochs": epochs.upperBound,
            "microdollars_per_million_tokens": pricePerMillionTokens?.microdollars,
        ]
    }

    init?(_ reader: RowReader) throws {
        guard let tokens: Int = try reader.optional("tokens_per_epoch") else { return nil }
        let (least, most): (Int, Int) = (try reader.value("least_epochs"), try reader.value("most_epochs"))
        guard least <= most else { throw reader.unreadable("most_epochs") }
        self.init(
            tokensPerEpoch: tokens, epochs: least...most, likelyEpochs: try reader.value("likely_epochs"),
            pricePerMillionTokens: try reader.optional("microdollars_per_million_tokens").map(
                Price.init(microdollars:)))
    }
}
