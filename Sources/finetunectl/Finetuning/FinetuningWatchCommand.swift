import ArgumentParser
import FinetuneAPI

/// `finetunectl finetuning watch`
struct FinetuningWatchCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Follow a finetuning to its end, and print the model's id.",
        discussion: """
            Tells all that has happened, then what happens, as it happens. A restart of the daemon does not end it. \
            Ctrl-C does, and only it: the finetuning goes on. Ends with 4 if the finetuning fails, with 5 if it is cancelled. \
            With --json, one event a line.

            Example: finetunectl finetuning watch shop-v2
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id or alias.")
    var finetuning: Reference

    @Option(help: "Only events after this sequence number.")
    var after = 0

    func run(in session: Session) async throws {
        let id = try await session.finetuningID(finetuning)
        try await FinetuningWatch(id: id, telling: .events(after: after)).run(in: session)
    }
}
