package import Identifiers

/// A day in UTC, written `2026-10-23`.
package struct CalendarDay: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The moment at which it begins.
    package let start: Timestamp

    /// The day in which a moment lies.
    package init(of moment: Timestamp) {
        let microsecondsPerDay: Int64 = 86_400_000_000
        let sinceStart = moment.microseconds % microsecondsPerDay
        let correction = sinceStart < 0 ? microsecondsPerDay : 0
        start = Timestamp(microseconds: moment.microseconds - sinceStart - correction)
    }

    /// Reads `2026-10-23`; `nil` for anything else, a day that no calendar has included.
    package init?(_ text: String) {
        guard text.utf8.count == 10, let start = Timestamp(text + "T00:00:00") else { return nil }
        self.start = start
    }

    /// The moment at which its month begins.
    package var startOfMonth: Timestamp {
        CalendarDay("\(description.prefix(8))01")?.start ?? start
    }

    /// The first day of 1970.
    package static let epoch = CalendarDay(of: Timestamp(microseconds: 0))

    /// `2026-10-23`
    package var description: String { String(start.description.prefix(10)) }

    /// The earlier day is the smaller.
    package static func < (left: CalendarDay, right: CalendarDay) -> Bool { left.start < right.start }
}
