#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A call to libsystemd that failed.
package struct SystemdError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The function that was called, or what it was called for.
    package let call: String
    /// The error number, positive.
    package let errorNumber: Int32

    init(_ call: String, errorNumber: Int32) {
        self.call = call
        self.errorNumber = errorNumber
    }

    /// The call and the system's words for the error.
    package var description: String { "\(call): \(String(cString: strerror(errorNumber)))" }

    /// What a function of libsystemd returned, or its error: libsystemd returns error numbers negated.
    static func check(_ result: Int32, _ call: String) throws(SystemdError) -> Int32 {
        guard result >= 0 else { throw SystemdError(call, errorNumber: -result) }
        return result
    }
}
