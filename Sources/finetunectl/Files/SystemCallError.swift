import Glibc

/// A system call that failed on a file of the user's.
struct SystemCallError: Error, Equatable {
    /// What was tried: `cannot read golden.csv`.
    let attempt: String
    /// The C library's `errno` after it.
    let number: CInt

    /// The error that the call just made has left behind.
    init(_ attempt: String, number: CInt = errno) {
        self.attempt = attempt
        self.number = number
    }

    /// What was tried and the system's words: `cannot read golden.csv: No such file or directory`.
    var message: String { "\(attempt): \(String(cString: strerror(number)))" }

    /// Whether nobody reads the output any more, as after `| head`.
    var isClosedPipe: Bool { number == EPIPE }
}
