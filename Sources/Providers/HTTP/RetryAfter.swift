internal import Identifiers

/// How long a server asks to be left alone.
enum RetryAfter {
    /// No server's wish is taken to be longer.
    static let longest = Duration.seconds(24 * 3_600)

    /// The wish in `headers`, if there is one: `retry-after-ms`, which OpenAI sends, or `Retry-After`, which holds
    /// seconds or a date (RFC 9110, section 10.2.3).
    static func delay(_ headers: HTTPHeaders, now: Timestamp) -> Duration? {
        if let milliseconds = headers["retry-after-ms"].flatMap(Double.init) {
            return delay(seconds: milliseconds / 1_000)
        }
        guard let wish = headers["retry-after"] else { return nil }
        if let seconds = Double(wish) { return delay(seconds: seconds) }
        guard let date = date(wish) else { return nil }
        return min(max(date.duration(since: now), .zero), longest)
    }

    private static func delay(seconds: Double) -> Duration? {
        guard seconds >= 0 else { return nil }
        return seconds < 24 * 3_600 ? .seconds(seconds) : longest
    }

    /// Reads the one form of date that servers may send today: `Sun, 06 Nov 1994 08:49:37 GMT`.
    static func date(_ text: String) -> Timestamp? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let month = months.firstIndex(of: String(parts[2])) else {
            return nil
        }
        return Timestamp("\(parts[3])-\(month < 9 ? "0" : "")\(month + 1)-\(parts[1])T\(parts[4])")
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
