import ArgumentParser
import FinetuneAPI

/// `finetunectl admin check`
struct AdminCheck: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check every page, index and reference of the state.",
        discussion: """
            The daemon looks at a copy, and goes on meanwhile; it needs as much free space as the state takes. Ends \
            with 1 if something is not in order.

            Example: finetunectl admin check
            """)

    @OptionGroup var options: GlobalOptions

    func run(in session: Session) async throws {
        let answer = try await session.ask(Routes.check)
        try await session.show(answer) { check, _ in
            check.ok ? "The state is in order.\n" : check.problems.map { $0 + "\n" }.joined()
        }
        if !answer.response.ok { throw ExitStatus.refused }
    }
}
