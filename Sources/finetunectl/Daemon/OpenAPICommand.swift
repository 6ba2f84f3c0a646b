import ArgumentParser
import FinetuneAPI

/// `finetunectl openapi`
struct OpenAPICommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "openapi",
        abstract: "Print the daemon's OpenAPI document.",
        discussion: """
            OpenAPI 3.1 in JSON, on one line: every route, with schemas, limits, errors and examples.

            Example: finetunectl openapi
            """)

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) async throws {
        try await session.console.output(try await session.ask(Routes.openAPI).body.text + "\n")
    }
}
