import ArgumentParser
import FinetuneAPI
import Identifiers

/// `finetunectl record checks`
struct RecordChecksCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "checks",
        abstract: "Show how far a connection's golden records are checked, and what that found.",
        discussion: """
            When records are added, their SQL is prepared against the described tables. Where the daemon can open the \
            database, it then runs, read-only, a while later; what fails or gives nothing stays out of training.

            With --findings, records that are invalid, repeat or contradict an earlier one, or should be looked at for \
            another reason are named. All records are read for that, as for a plan: some seconds for 100,000. With \
            --json this is the plan.

            Examples:
              finetunectl record checks shop
              finetunectl record checks shop --wait --findings
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The connection's id or alias.")
    var connection: Reference

    @Flag(help: "Wait until all of them have run.")
    var wait = false

    @Flag(help: "Name the records that something is to be said of.")
    var findings = false

    private static let interval = Duration.milliseconds(200)

    func run(in session: Session) async throws {
        let id = try await session.connectionID(connection)
        if findings {
            if wait { _ = try await settled(id, in: session) }
            return try await showFindings(id, in: session)
        }
        let answer = wait ? try await settled(id, in: session) : try await session.ask(Routes.recordChecks, id)
        try await session.show(answer) { FieldList($0).text(on: $1) }
    }

    /// The state once nothing waits to be run.
    private func settled(_ id: ObjectID, in session: Session) async throws -> Answer<RecordChecks> {
        var answer = try await session.ask(Routes.recordChecks, id)
        let total = answer.response.waiting
        let display = ProgressDisplay(
            bar: ProgressBar(label: "running", unit: "records", total: total), console: session.console)
        while answer.response.waiting > 0 || answer.response.runsAgain {
            if let obstacle = answer.response.obstacle { throw Self.stuck(because: obstacle) }
            await display.show(max(0, total - answer.response.waiting))
            try await Task.sleep(for: Self.interval)
            answer = try await session.ask(Routes.recordChecks, id)
        }
        return answer
    }

    private static func stuck(because obstacle: String) -> APIError {
        APIError(
            .invalidDatabaseConnection, "the golden records cannot be run: \(obstacle)",
            remedy: "Put that right; the daemon tries again every minute.")
    }

    // What a plan finds is what there is to find; what stands in the way of an order is not shown here.
    private func showFindings(_ id: ObjectID, in session: Session) async throws {
        let state = try await session.ask(Routes.recordChecks, id).response
        let plan = try await session.ask(Routes.planFinetuning, body: NewFinetuning(databaseConnection: id))
        try await session.show(plan) { plan, terminal in
            let findings = plan.findings(on: terminal)
            return FieldList(state).text(on: terminal) + (findings.isEmpty ? "" : "\n") + findings
        }
    }
}

extension FinetuningPlan {
    /// What there is to say of single records.
    fileprivate func findings(on terminal: Terminal) -> String {
        let reasons = Dictionary(excluded.map { ($0.goldenRecord, $0.reason) }, uniquingKeysWith: { first, _ in first })
        return problems.filter { $0.recordCount > 0 }
            .map { $0.text(on: terminal, naming: $0.records.count, reasons: reasons) }.joined()
    }
}

extension FieldList {
    fileprivate init(_ state: RecordChecks) {
        self.init()
        for status in RecordCheck.Status.allCases {
            add(status.rawValue, state.checks[status].grouped)
        }
        add("to run", state.waiting.grouped)
        add("to run again", state.runsAgain ? "those that were there when the tables were scanned or changed" : nil)
        add("in their way", state.obstacle, .doubtful)
    }
}
