internal import Identifiers

extension Timestamp {
    /// The contract's times: whole seconds since 1970.
    init(unix seconds: Int) {
        self.init(microseconds: Int64(clamping: seconds.multipliedReportingOverflow(by: 1_000_000).partialValue))
    }
}
