import ArgumentParser
import FinetuneAPI
import Identifiers
import LineTransport

/// `finetunectl ask`
struct Ask: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask",
        abstract: "Ask a tuned model a question, and show the SQL that it answers with.",
        discussion: """
            The model gets the very prompt that it was trained on. On a terminal the answer shows while it comes.

            Examples:
              finetunectl ask 'How many orders came from France?' --model sales-sql
              finetunectl ask 'How many orders came from France?' --model sales-sql --run
              finetunectl ask 'Which orders are late?' --finetuning shop-v2 --confidence --json
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The question.")
    var question: String

    @Option(help: ArgumentHelp("Ask the model that this alias stands for.", valueName: "alias"))
    var model: String?

    @Option(help: ArgumentHelp("Ask the model of this finetuning.", valueName: "id-or-alias"))
    var finetuning: Reference?

    @Option(
        help: ArgumentHelp(
            "The database that the question is about. Default: the one that the model was trained on.",
            valueName: "id-or-alias"))
    var connection: Reference?

    @Flag(help: "Have the model say how sure it is.")
    var confidence = false

    @Flag(name: .customLong("run"), help: "Run the SQL, reading only, and print its rows.")
    var runsSQL = false

    @Option(help: "The most rows to print.")
    var maxRows = 20

    func validate() throws {
        guard (model == nil) != (finetuning == nil) else {
            throw ValidationError("give either --model or --finetuning")
        }
        guard FieldLimits.resultRows.contains(maxRows) else {
            throw ValidationError("--max-rows is at least 1 and at most \(FieldLimits.resultRows.upperBound)")
        }
    }

    func run(in session: Session) async throws {
        let answer = try await ask(in: session)
        guard runsSQL, answer.response.sql != nil else {
            return try await session.show(answer) { FieldList($0).text(on: $1) }
        }
        if !session.wantsJSON { try await session.show(answer) { FieldList($0).text(on: $1) + "\n" } }
        let result = try await session.ask(
            Routes.executeGeneration, answer.response.id, query: ResultQuery(maximumRows: maxRows), body: Nothing())
        guard session.wantsJSON else { return try await session.show(result) { TextTable(result: $0).text(on: $1) } }
        let both: JSONValue = ["sql_generation": answer.body, "result": result.body]
        try await session.console.output(both.text + "\n")
    }

    private func ask(in session: Session) async throws -> Answer<SQLGeneration> {
        let (finetuning, trained) = try await target(in: session)
        var about = trained
        if let connection { about = try await session.connectionID(connection) }
        guard let about else {
            throw LocalProblem(
                "the alias stands for no model yet",
                remedy: "Promote one: finetunectl model promote \(model ?? "ALIAS") FINETUNING")
        }
        // Nobody reads pieces of JSON, nor pieces in a file.
        let streams = session.terminal.outputWidth != nil && !session.wantsJSON
        let wish = NewPromptSQLGeneration(
            prompt: NewPrompt(text: question, databaseConnection: about), finetuning: finetuning, model: model,
            evaluate: confidence ? true : nil, stream: streams ? true : nil)
        let request = try Routes.generatePromptSQL.request(query: Nothing(), body: wish)
        guard streams else {
            let reply = try await session.send(request)
            return Answer(body: reply.body, response: try reply.response())
        }
        return try await streamed(request, in: session)
    }

    private func target(in session: Session) async throws -> (finetuning: ObjectID?, trainedOn: ObjectID?) {
        if let finetuning {
            let id = try await session.finetuningID(finetuning)
            guard connection == nil else { return (id, nil) }
            return (id, try await session.ask(Routes.readFinetuning, id).response.databaseConnection)
        }
        guard connection == nil, let model else { return (nil, nil) }
        let served = try await session.ask(Routes.readModel, model, query: ServedModelQuery(), body: Nothing())
        return (nil, served.response.databaseConnection)
    }

    private func streamed(_ request: Request, in session: Session) async throws -> Answer<SQLGeneration> {
        var heard = ""
        var attempt = 1
        var answer: Answer<SQLGeneration>?
        try await session.send(request) { reply in
            guard reply.isPartial else {
                answer = Answer(body: reply.body, response: try reply.response())
                return
            }
            let piece: SQLGenerationText = try reply.response()
            if piece.attempt != attempt { heard = "" }
            attempt = piece.attempt
            heard += piece.text
            let width = session.terminal.errorWidth ?? 0
            await session.console.transient(String(heard.onOneLine.suffix(max(0, width - 1))))
        }
        guard let answer else { throw ClientError.connectionLost }
        return answer
    }
}
