import Identifiers

extension Timestamp {
    /// For people: `2023-12-13 17:35:53 UTC`.
    var readable: String { "\(day) \(clock) UTC" }

    /// The date alone: `2023-12-13`.
    var day: String { String(description.prefix(10)) }

    /// The time of day alone: `17:35:53`.
    var clock: String { String(description.dropFirst(11).prefix(8)) }
}
