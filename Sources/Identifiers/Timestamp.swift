#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A moment in UTC, to the microsecond, written as `2023-12-13T17:35:53.263485`.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00 UTC.
    public let microseconds: Int64

    /// A moment so many microseconds after the start of 1970.
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// The system's clock, read now.
    public static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }

    /// The moment so long after this one.
    public func advanced(by duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        return Timestamp(microseconds: microseconds + seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
    }

    /// How long after `earlier` this moment is; negative if it is before.
    public func duration(since earlier: Timestamp) -> Duration {
        .microseconds(microseconds - earlier.microseconds)
    }

    /// The earlier of two moments is the smaller.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }
}

extension Timestamp: CustomStringConvertible {
    /// `2023-12-13T17:35:53.263485`: 26 characters, no zone, always UTC.
    public var description: String {
        let (date, time) = dateAndTime
        return String(unsafeUninitializedCapacity: DigitWriter.capacity) { buffer in
            var writer = DigitWriter(buffer: buffer)
            writer.write(date.year, 4, before: "-")
            writer.write(date.month, 2, before: "-")
            writer.write(date.day, 2, before: "T")
            writer.write(time.hour, 2, before: ":")
            writer.write(time.minute, 2, before: ":")
            writer.write(time.second, 2, before: ".")
            writer.write(time.microsecond, 6)
            return writer.count
        }
    }

    /// `2023121317`: the year, month, day and hour in UTC, as default aliases carry them.
    public var compactHour: String {
        let (date, time) = dateAndTime
        return padded(date.year, 4) + padded(date.month, 2) + padded(date.day, 2) + padded(time.hour, 2)
    }

    private func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Timestamp {
    typealias CivilDate = (year: Int64, month: Int64, day: Int64)
    typealias TimeOfDay = (hour: Int64, minute: Int64, second: Int64, microsecond: Int64)

    private static let microsecondsPerDay: Int64 = 86_400_000_000

    private var dateAndTime: (CivilDate, TimeOfDay) {
        let day = microseconds.flooredQuotient(by: Self.microsecondsPerDay)
        // The start of the first day that there is may be before the first moment that there is.
        let rest = microseconds &- day &* Self.microsecondsPerDay
        let seconds = rest / 1_000_000
        return (Self.civilDate(ofDay: day), (seconds / 3_600, seconds / 60 % 60, seconds % 60, rest % 1_000_000))
    }

    // Days are counted in eras of 400 years that start on 1 March, so that the leap day is the last of a year.
    private static func civilDate(ofDay day: Int64) -> CivilDate {
        let shifted = day + 719_468
        let era = shifted.flooredQuotient(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private static func day(of date: CivilDate) -> Int64 {
        let year = date.month <= 2 ? date.year - 1 : date.year
        let era = year.flooredQuotient(by: 400)
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (date.month > 2 ? date.month - 3 : date.month + 9) + 2) / 5 + date.day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Reads the form that `description` writes, with one to six digits of fraction or none, and an optional `Z`.
    /// `nil` for anything else, a day that no calendar has included.
    public init?(_ text: String) {
        var scanner = DigitScanner(text)
        guard let year = scanner.number(4), scanner.skip("-"), let month = scanner.number(2), scanner.skip("-"),
            let day = scanner.number(2), scanner.skip("T"), let hour = scanner.number(2), scanner.skip(":"),
            let minute = scanner.number(2), scanner.skip(":"), let second = scanner.number(2),
            let fraction = scanner.fraction(), scanner.isAtEnd, hour < 24, minute < 60, second < 60
        else { return nil }
        let dayNumber = Self.day(of: (year, month, day))
        guard Self.civilDate(ofDay: dayNumber) == (year, month, day) else { return nil }
        let seconds = dayNumber * 86_400 + hour * 3_600 + minute * 60 + second
        self.init(microseconds: seconds * 1_000_000 + fraction)
    }
}

extension Int64 {
    fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

/// Writes numbers of fixed width, one after the other.
private struct DigitWriter {
    /// Enough for every year that a timestamp can hold.
    static let capacity = 48

    let buffer: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0

    init(buffer: UnsafeMutableBufferPointer<UInt8>) {
        self.buffer = buffer
    }

    mutating func write(_ number: Int64, _ width: Int, before mark: Unicode.Scalar? = nil) {
        var rest = number.magnitude
        for place in (count..<count + width).reversed() {
            buffer[place] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
        // A year before the first, or after 9999.
        if number < 0 || rest > 0 { writeWhole(number) } else { count += width }
        if let mark { append(UInt8(ascii: mark)) }
    }

    private mutating func writeWhole(_ number: Int64) {
        for digit in String(number).utf8 { append(digit) }
    }

    private mutating func append(_ byte: UInt8) {
        buffer[count] = byte
        count += 1
    }
}

/// Reads fixed numbers of digits, one after the other.
private struct DigitScanner {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = Substring(text).utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard let first = rest.first, first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    mutating func number(_ width: Int) -> Int64? {
        var number: Int64 = 0
        for _ in 0..<width {
            guard let digit = nextDigit() else { return nil }
            number = number * 10 + digit
        }
        return number
    }

    /// Microseconds: zero if there is no point, `nil` if no digit or more than six follow it.
    mutating func fraction() -> Int64? {
        defer { _ = skip("Z") }
        guard skip(".") else { return 0 }
        var microseconds: Int64 = 0
        var scale: Int64 = 1_000_000
        while let digit = nextDigit() {
            guard scale > 1 else { return nil }
            scale /= 10
            microseconds += digit * scale
        }
        return scale == 1_000_000 ? nil : microseconds
    }

    private mutating func nextDigit() -> Int64? {
        guard let first = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return nil }
        rest.removeFirst()
        return Int64(first - UInt8(ascii: "0"))
    }
}
