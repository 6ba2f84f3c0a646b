internal import Identifiers

extension Timestamp {
    /// The contract's times: whole seconds since 1970.
    init(unix seconds: Int) {
        let (microseconds, overflow) = Int64(seconds).multipliedReportingOverflow(by: 1_000_000)
        self.init(microseconds: overflow ? (seconds < 0 ? .min : .max) : microseconds)
    }
}
