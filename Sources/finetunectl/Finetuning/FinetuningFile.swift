import ArgumentParser
import FinetuneAPI
import LineTransport

/// `finetunectl finetuning file`
struct FinetuningFile: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "file",
        abstract: "Write a finetuning's training or validation file: one example a line.",
        discussion: "Example: finetunectl finetuning file shop-v2 --output shop-v2.jsonl")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The finetuning's id or alias.")
    var finetuning: Reference

    @Option(
        help: ArgumentHelp(
            "The file, which appears once it is complete. Default: standard output.", valueName: "path"),
        completion: .file())
    var output: String?

    @Flag(help: "The file of the golden records that are held out from training.")
    var validation = false

    func run(in session: Session) async throws {
        let id = try await session.finetuningID(finetuning)
        let query = FileQuery(role: validation ? .validation : nil)
        let request = try Routes.finetuningFile.request(id, query: query, body: Nothing())
        try await OutputFile.write(to: output, session.console) { file in
            for try await reply in session.client.stream(request.method, request.path) {
                let example: JSONValue = try reply.response()
                if reply.isPartial { try await file.write(example.text + "\n") }
            }
        }
    }
}
