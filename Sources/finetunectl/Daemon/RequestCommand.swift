import ArgumentParser
import FinetuneAPI
import LineTransport

/// `finetunectl request`
struct RequestCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "request",
        abstract: "Send one request as it is, and print what comes back.",
        discussion: """
            Prints the body of every line of the reply, one a line. Ends with 1 if the last is a refusal.

            Examples:
              finetunectl request GET /api/v1/status
              finetunectl request GET "/api/v1/finetunings?status=running"
              finetunectl request POST /api/v1/table-descriptions @orders.json
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "GET, POST, PUT or DELETE.")
    var method: Method

    @Argument(help: "The path, with its query.")
    var path: String

    @Argument(help: "The body: JSON, @FILE, or - for standard input.")
    var body: String?

    func run(in session: Session) async throws {
        var isRefused = false
        try await session.send(Request(method: method, path: path, body: try await parsedBody())) { reply in
            try await session.console.output(reply.body.text + "\n")
            isRefused = reply.status >= 400
        }
        if isRefused { throw ExitStatus.refused }
    }

    private func parsedBody() async throws -> JSONValue? {
        guard let body else { return nil }
        if body == "-" { return try JSONArgument.value(try await InputText.bytes(of: "-"), in: "standard input") }
        guard body.hasPrefix("@") else { return try JSONArgument.value(body.utf8, in: "the body") }
        let path = String(body.dropFirst())
        return try JSONArgument.value(try await InputText.bytes(of: path), in: path)
    }
}
