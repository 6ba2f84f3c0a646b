import ArgumentParser
import FinetuneAPI

/// `finetunectl finetuning wait`
struct FinetuningWait: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "wait",
        abstract: "Wait for a finetuning's end, for scripts and units.",
        discussion: """
            Prints the model's id at the end and nothing before; with --json, the finetuning. Ends with 0 if it \
            succeeded, 4 if it failed, 5 if it was cancelled, and 124 if it is not over in time. Restarts and \
            upgrades of the daemon are waited for, too.

            The unit finetuned-wait@ID.service does the same, so that other units can order themselves after it.

            Example: finetunectl finetuning wait shop-v2 --timeout 86400
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Its id or alias.")
    var finetuning: Reference

    @Option(help: ArgumentHelp("How long to wait at most; as long as it takes unless given.", valueName: "seconds"))
    var timeout: Int?

    func run(in session: Session) async throws {
        let id = try await session.finetuningID(finetuning)
        try await withThrowingTaskGroup { group in
            group.addTask { try await FinetuningWatch(id: id, telling: .end).run(in: session) }
            if let timeout {
                group.addTask {
                    try await Task.sleep(for: .seconds(timeout))
                    await session.console.note("The finetuning is not over after \(timeout) s. It goes on.")
                    throw ExitStatus.timedOut
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
