import Glibc

/// Reads secrets, which are never on the command line, where every process of the host could see them.
enum SecretInput {
    /// The first line of the file at a path, or of standard input for `-`; typed unseen on a terminal.
    @BlockingIO
    static func secret(from path: String, prompt: String) throws -> String {
        let bytes = path == "-" && isatty(STDIN_FILENO) == 1 ? try typed(prompt: prompt) : try InputText.bytes(of: path)
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        let name = path == "-" ? "standard input" : path
        guard let secret = String(validating: line, as: UTF8.self), !secret.isEmpty else {
            throw LocalProblem("\(name) holds no key on its first line")
        }
        return secret
    }

    @BlockingIO
    private static func typed(prompt: String) throws -> [UInt8] {
        var original = termios()
        guard tcgetattr(STDIN_FILENO, &original) == 0 else { throw SystemCallError("cannot read the terminal") }
        var silent = original
        silent.c_lflag &= ~tcflag_t(ECHO)
        // Set before: a signal may come at any time.
        let restoration = CleaningUp { [original] in
            var original = original
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &original)
        }
        defer { restoration.finish() }
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        try OpenFile.standardError.write(Array(prompt.utf8))
        let line = try OpenFile.standardInput.read(upTo: 4096)
        try OpenFile.standardError.write([UInt8(ascii: "\n")])
        return line
    }
}
