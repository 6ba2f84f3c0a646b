/// The standard streams: results go to standard output, everything else to standard error.
@BlockingIO
final class Console {
    /// What the streams are connected to.
    nonisolated let terminal: Terminal
    private let results: OpenFile
    private let remarks: OpenFile
    private let answers: OpenFile
    private var transientLine = ""

    nonisolated init(
        terminal: Terminal, results: OpenFile = .standardOutput, remarks: OpenFile = .standardError,
        answers: OpenFile = .standardInput
    ) {
        self.terminal = terminal
        self.results = results
        self.remarks = remarks
        self.answers = answers
    }

    /// Writes a result.
    func output(_ text: String) throws(SystemCallError) {
        try output(Array(text.utf8))
    }

    /// Writes a result's bytes.
    func output(_ bytes: [UInt8]) throws(SystemCallError) {
        clearTransientLine()
        try results.write(bytes)
    }

    /// Tells something that is no result, on a line of its own.
    func note(_ text: String) {
        clearTransientLine()
        complain(text + "\n")
    }

    /// Asks the user a question, and whether they said yes. Anything else is a no.
    func confirms(_ question: String) throws(SystemCallError) -> Bool {
        clearTransientLine()
        try remarks.write(Array(question.utf8))
        let line = String(decoding: try answers.read(upTo: 4096), as: UTF8.self)
        return ["y", "yes"].contains(line.lowercased().filter { !$0.isWhitespace })
    }

    /// Shows a line that the next one replaces; does nothing where standard error is no terminal.
    func transient(_ text: String) {
        guard terminal.errorWidth != nil, text != transientLine else { return }
        transientLine = text
        complain("\r" + text + "\u{1B}[K")
    }

    /// Removes the line that `transient` showed.
    func clearTransientLine() {
        guard !transientLine.isEmpty else { return }
        transientLine = ""
        complain("\r\u{1B}[K")
    }

    private func complain(_ text: String) {
        do throws(SystemCallError) {
            try remarks.write(Array(text.utf8))
        } catch {
            // There is no further stream to tell it on.
        }
    }
}
