import FinetuneAPI
import Glibc
import LineTransport

/// The daemon refused what the user's role does not allow.
struct RoleNeeded: Error, Equatable {
    let refusal: APIError
    /// Where the daemon answered.
    let socket: String
    /// Who was refused, as the system's commands take it.
    let user: String
    /// The command that was refused, as it was typed.
    let command: [String]

    init(refusal: APIError, socket: String, user: String, command: [String]) {
        self.refusal = refusal
        self.socket = socket
        self.user = user
        self.command = command
    }

    /// What this process was refused; nothing if `error` is of another kind.
    init?(_ error: any Error, socket: String) {
        guard case ClientError.refused(_, let refusal) = error, refusal.code == .forbidden else { return nil }
        self.init(refusal: refusal, socket: socket, user: Self.currentUser, command: CommandLine.arguments)
    }

    /// What to do about it, a command each.
    var remedies: [String] {
        var remedies = ["as root, who may do all: sudo \(commandNamingSocket.map(\.shellWord).joined(separator: " "))"]
        if let group {
            let joining = ["sudo", "usermod", "--append", "--groups", group, user]
            remedies.append("for good, from the next login on: \(joining.map(\.shellWord).joined(separator: " "))")
        }
        return remedies
    }

    private var group: String? { refusal.detail["groups"]?.array?.first?.string }

    // Root finds another socket than the user does, and has none of the user's environment.
    private var commandNamingSocket: [String] {
        let namesSocket = command.contains { $0 == "--socket" || $0.hasPrefix("--socket=") }
        return namesSocket ? command : Array(command.prefix(1)) + ["--socket", socket] + command.dropFirst()
    }

    /// Who runs this process, as the system's commands take it.
    static var currentUser: String {
        let id = geteuid()
        return getpwuid(id).map { String(cString: $0.pointee.pw_name) } ?? "\(id)"
    }
}

extension String {
    /// The text as one word for a shell.
    var shellWord: String {
        let isPlain = !isEmpty && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./=:@,+".contains($0)) }
        return isPlain ? self : "'\(replacing("'", with: #"'\''"#))'"
    }
}
