import ArgumentParser
import Glibc

/// The client of the daemon, for people and scripts.
@main
struct Finetunectl: AsyncParsableCommand {
    /// The version of this program.
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "finetunectl",
        abstract: "Fine-tune language models for text-to-SQL, through the daemon finetuned.",
        discussion: """
            A first job, from a database to a model:

              finetunectl connection add --alias shop --uri shop.sqlite
              finetunectl table scan shop
              finetunectl record import shop golden.jsonl
              finetunectl finetuning plan shop
              finetunectl finetuning create shop --watch

            Exit codes: 0 done; 1 refused by the daemon; 2 wrong arguments, or a file that cannot be used; \
            3 the daemon cannot be reached; 4 the finetuning that was watched or waited for failed; \
            5 it was cancelled; 124 it was not over in time; 130 stopped with Ctrl-C; \
            141 nobody reads the output; 143 stopped with SIGTERM.
            """,
        version: version,
        subcommands: [
            ConnectionCommand.self, TableCommand.self, RecordCommand.self, FinetuningCommand.self, ModelCommand.self,
            Ask.self, PromptCommand.self, SQLCommand.self, Evaluate.self, EvaluationCommand.self, EventsCommand.self,
            ProviderObjectCommand.self, AdminCommand.self, StatusCommand.self, OpenAPICommand.self,
            RequestCommand.self,
        ])

    // Here too, so that the options may stand before the subcommand as well as after it.
    @OptionGroup var options: GlobalOptions

    /// Runs the command that the arguments name, and ends the process with its status.
    static func main() async {
        // Without this, libdispatch tells the host's log that its threads may not raise their priority.
        setenv("LIBDISPATCH_LOG", "NO", 0)
        do {
            var command = try await asyncParseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            let report = ExitReport(error)
            await write(report)
            Glibc.exit(report.status)
        }
    }

    @BlockingIO
    private static func write(_ report: ExitReport) {
        let stream = report.status == 0 ? OpenFile.standardOutput : .standardError
        do throws(SystemCallError) {
            try stream.write(Array(report.text.utf8))
        } catch {
            // There is no further stream to tell it on.
        }
    }
}
