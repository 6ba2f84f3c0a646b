import FinetuneAPI
import Jobs

extension BudgetRefusal {
    /// What programs compare.
    var code: ErrorCode {
        switch self {
        case .unknownPrice, .tooExpensive: .budgetExceeded
        case .tooManyToday: .tooManyRequests
        }
    }

    /// The numbers; amounts in dollars.
    var detail: JSONValue {
        switch self {
        case .unknownPrice: [:]
        case .tooExpensive(let bound, let limit, let spent, let cost):
            [
                "budget": .string(bound.rawValue), "currency": .string(Price.currency),
                "limit": .dollars(limit), "spent": .dollars(spent), "cost": .dollars(cost),
            ]
        case .tooManyToday(let limit, let ordered):
            [
                "budget": "finetunings_per_user_per_day", "limit": .number(JSONNumber(limit)),
                "ordered": .number(JSONNumber(ordered)),
            ]
        }
    }
}

extension JSONValue {
    fileprivate static func dollars(_ price: Price) -> JSONValue { .number(JSONNumber(price.dollars)) }
}

extension Price {
    /// Dollars, as replies carry them: a number is exact to far less than a cent.
    var dollars: Double { Double(microdollars) / 1_000_000 }
}
