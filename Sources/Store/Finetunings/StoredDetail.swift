import Jobs

/// A fact of an event as the JSON of `finetuning_events.detail` holds it: the value under the name of its type,
/// because JSON alone does not tell a measured 1.0 from an integer.
struct StoredDetail: Codable {
    var text: String?
    var integer: Int?
    var number: Double?
    var list: [StoredDetail]?

    init(_ detail: EventDetail) {
        switch detail {
        case .text(let value): text = value
        case .integer(let value): integer = value
        case .number(let value): number = value
        case .list(let values): list = values.map(StoredDetail.init)
        }
    }

    var detail: EventDetail {
        if let integer { return .integer(integer) }
        if let number { return .number(number) }
        if let list { return .list(list.map(\.detail)) }
        return .text(text ?? "")
    }
}
