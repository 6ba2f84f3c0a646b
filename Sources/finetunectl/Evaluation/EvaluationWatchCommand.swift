import ArgumentParser
import FinetuneAPI

/// `finetunectl evaluation watch`
struct EvaluationWatchCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Follow an evaluation to its end, and print what it measured.",
        discussion: """
            A restart of the daemon does not end it. Ctrl-C does, and only it: the evaluation goes on. Ends with 4 if \
            the evaluation fails, with 5 if it is cancelled. With --json, one event a line.

            Example: finetunectl evaluation watch 6b046880624ebede0ec29c22
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var reference: EvaluationReference

    @Option(help: "Only events after this sequence number.")
    var after = 0

    func run(in session: Session) async throws {
        try await EvaluationWatch(id: reference.evaluation, after: after).run(in: session)
    }
}
