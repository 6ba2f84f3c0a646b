import GRDB
import Jobs

extension CostEstimate {
    /// The values of the columns, by name; NULL where there is no estimate.
    static func columns(of estimate: CostEstimate?) -> [String: (any DatabaseValueConvertible)?] {
        [
            "tokens_per_epoch": estimate?.tokensPerEpoch, "least_epochs": estimate?.epochs.lowerBound,
            "likely_epochs": estimate?.likelyEpochs, "most_epochs": estimate?.epochs.upperBound,
            "microdollars_per_million_tokens": estimate?.pricePerMillionTokens?.microdollars,
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
