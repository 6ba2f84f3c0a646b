import ArgumentParser
import FinetuneAPI
import LineTransport

/// What the program says last, and the status with which it ends.
struct ExitReport: Equatable, Sendable {
    let status: Int32
    /// For standard error; with status 0, as after `--help`, for standard output.
    let text: String

    /// Explains an error that a command threw.
    init(_ error: any Error) {
        switch error {
        case let error as ClientError: self.init(error)
        case let error as RoleNeeded:
            let details = [error.refusal.remedy, "(\(error.refusal.code.rawValue))"] + error.remedies
            self.init(.refused, error.refusal.message, details: details)
        case let error as DaemonUnreachable:
            let attempts = error.attempts.map { "\($0.path): \($0.reason)" }
            self.init(.unreachable, "the daemon cannot be reached", details: attempts + error.remedies)
        case let error as LocalProblem:
            self.init(
                .usage, error.messages.first ?? "", more: Array(error.messages.dropFirst()),
                details: [error.remedy].compactMap(\.self))
        case let error as SystemCallError where error.isClosedPipe: self.init(status: .outputClosed, text: "")
        case let error as SystemCallError: self.init(.usage, error.message)
        case let error as APIError: self.init(.refused, error.message, details: [error.remedy])
        case let status as ExitStatus: self.init(status: status, text: "")
        default: self.init(parserError: error)
        }
    }

    private init(_ error: ClientError) {
        switch error {
        case .unreachable(let path, let reason):
            self.init(DaemonUnreachable(attempts: [.init(at: path, reason: reason)]))
        case .connectionLost:
            self.init(
                .unreachable, "the connection to the daemon was lost before it replied",
                details: [
                    "unless it only reads, the request may have been carried out: look before you repeat it",
                    "see what happened: journalctl -u finetuned, or journalctl --user -u finetuned",
                ])
        case .refused(_, let refusal):
            self.init(.refused, refusal.message, details: [refusal.remedy, "(\(refusal.code.rawValue))"])
        case .malformedReply(let problem):
            self.init(
                .refused, "the daemon's reply cannot be read: \(problem)",
                details: ["use a finetunectl of the daemon's version: finetunectl --version; finetuned --version"])
        }
    }

    // The parser's own: help, version and wrong arguments.
    private init(parserError error: any Error) {
        let code = Finetunectl.exitCode(for: error)
        let text = Finetunectl.fullMessage(for: error)
        self.init(
            status: code == .validationFailure ? ExitStatus.usage.rawValue : code.rawValue,
            text: text.isEmpty ? "" : text + "\n")
    }

    private init(_ status: ExitStatus, _ message: String, more: [String] = [], details: [String] = []) {
        let lines = ["error: \(message.onOneLine)"] + more.map(\.onOneLine) + details.map { "  \($0.onOneLine)" }
        self.init(status: status, text: lines.map { $0 + "\n" }.joined())
    }

    private init(status: ExitStatus, text: String) {
        self.init(status: status.rawValue, text: text)
    }

    private init(status: Int32, text: String) {
        self.status = status
        self.text = text
    }
}

extension ExitStatus: Error {}
