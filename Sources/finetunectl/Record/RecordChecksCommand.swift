import ArgumentParser
import FinetuneAPI

/// `finetunectl record checks`
struct RecordChecksCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "checks",
        abstract: "Show how far a connection's golden records are checked.",
        discussion: """
            When records are added, their SQL is prepared against the described tables. Where the daemon can open the \
            database, it then runs, read-only, a while later; what fails or gives nothing stays out of training.

            Examples:
              finetunectl record checks shop
              finetunectl record checks shop --wait
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The connection's id or alias.")
    var connection: Reference

    @Flag(help: "Wait until all of them have run.")
    var wait = false

    private static let interval = Duration.milliseconds(200)

    func run(in session: Session) async throws {
        let id = try await session.connectionID(connection)
        var answer = try await session.ask(Routes.recordChecks, id)
        let total = answer.response.waiting
        let display = ProgressDisplay(
            bar: ProgressBar(label: "running", unit: "records", total: total), console: session.console)
        while wait, answer.response.waiting > 0 || answer.response.runsAgain {
            await display.show(max(0, total - answer.response.waiting))
            try await Task.sleep(for: Self.interval)
            answer = try await session.ask(Routes.recordChecks, id)
        }
        try await session.show(answer) { FieldList($0).text(on: $1) }
    }
}

extension FieldList {
    fileprivate init(_ state: RecordChecks) {
        self.init()
        for status in RecordCheck.Status.allCases {
            add(status.rawValue, state.checks[status].grouped)
        }
        add("to run", state.runsAgain ? "all, because the tables changed" : state.waiting.grouped)
    }
}
