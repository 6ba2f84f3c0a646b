private import Glibc

/// A system call that failed.
package struct SystemError: Error, Equatable, CustomStringConvertible {
    /// The call, as its manual page names it.
    package let operation: String
    /// The C library's `errno` after it.
    package let number: Int32

    /// An error from a call's name and its error number.
    package init(operation: String, number: Int32) {
        self.operation = operation
        self.number = number
    }

    /// The error that the call just made has left behind.
    init(operation: String) {
        self.init(operation: operation, number: errno)
    }

    /// No file has the name.
    static let noSuchFile = SystemError(operation: "connect", number: ENOENT)

    /// The system's words for the number: "Permission denied".
    package var reason: String {
        String(cString: strerror(number))
    }

    /// The call and the system's words: "bind: Permission denied".
    package var description: String {
        "\(operation): \(reason)"
    }
}
