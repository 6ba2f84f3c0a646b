import ArgumentParser
import FinetuneAPI
import LineTransport

/// `finetunectl finetuning events`
struct FinetuningEvents: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Show what has happened to a finetuning so far.",
        discussion: """
            With --json, one object a line.

            Example: finetunectl finetuning events shop-v2 --after 12
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The finetuning's id or alias.")
    var finetuning: Reference

    @Option(help: "Only events after this sequence number.")
    var after = 0

    func run(in session: Session) async throws {
        let id = try await session.finetuningID(finetuning)
        for try await element in EventFeed(of: id, after: after, follow: false, at: .chosen(session.socket)) {
            guard case .event(let event, let body) = element else { continue }
            let line = session.wantsJSON ? body.text : event.line(on: session.terminal)
            try await session.console.output(line + "\n")
        }
    }
}
