import Glibc

/// What the standard streams are connected to, and how much fits there.
struct Terminal: Sendable, Equatable {
    /// The columns of the terminal on standard output; nothing where it is a file or a pipe.
    var outputWidth: Int?
    /// The columns of the terminal on standard error; nothing where it is a file or a pipe.
    var errorWidth: Int?
    /// Whether text on standard output may have colours.
    var hasColours: Bool
    /// Whether somebody sits there to be asked: standard input and standard error are terminals.
    var canAsk = false

    /// Neither stream is a terminal.
    static let none = Terminal(outputWidth: nil, errorWidth: nil, hasColours: false)

    /// Looks at the standard streams. `NO_COLOR` and `TERM=dumb` turn colours off.
    static func current(environment: [String: String]) -> Terminal {
        let isDumb = environment["TERM"] == "dumb"
        let outputWidth = width(of: STDOUT_FILENO)
        return Terminal(
            outputWidth: outputWidth,
            errorWidth: isDumb ? nil : width(of: STDERR_FILENO),
            hasColours: outputWidth != nil && !isDumb && (environment["NO_COLOR"] ?? "").isEmpty,
            canAsk: isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1)
    }

    private static func width(of descriptor: CInt) -> Int? {
        guard isatty(descriptor) == 1 else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}
