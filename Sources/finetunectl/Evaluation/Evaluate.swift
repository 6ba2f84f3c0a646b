import ArgumentParser
import FinetuneAPI
import Identifiers

/// `finetunectl evaluate`
struct Evaluate: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure a finetuning's model beside another, over golden records that it was not trained on.",
        discussion: """
            Each model gets the very prompt that the tuned one was trained on. An answer is right if its SQL gives what \
            the golden SQL gives: the same rows, whatever the order of the columns. The golden records are those that \
            were held out from training, unless some are named.

            Examples:
              finetunectl evaluate shop-v2 --plan
              finetunectl evaluate shop-v2
              finetunectl evaluate shop-v2 --baseline-alias sales-sql
              finetunectl evaluate shop-v2 --record 6b046880624ebede0ec29c22 --include-training
            """)

    @OptionGroup var options: GlobalOptions

    @Argument(help: "The finetuning's id or alias.")
    var finetuning: Reference

    @Option(
        name: .customLong("record"),
        help: ArgumentHelp("A golden record to ask; repeat it for more.", valueName: "id"))
    var records: [ObjectID] = []

    @Flag(help: "Ask records that the model was trained on, too. They are marked.")
    var includeTraining = false

    @Option(help: ArgumentHelp("Compare with the present model of this alias.", valueName: "alias"))
    var baselineAlias: String?

    @Option(help: ArgumentHelp("Compare with this model. Default: the finetuning's base model.", valueName: "model"))
    var baselineModel: String?

    @Option(help: ArgumentHelp("End early once the answers took so many tokens.", valueName: "tokens"))
    var maxTokens: Int?

    @Flag(help: "Only say what would be asked, and what it costs.")
    var plan = false

    @Flag(help: "Do not wait for the answers.")
    var detach = false

    func validate() throws {
        guard baselineAlias == nil || baselineModel == nil else {
            throw ValidationError("--baseline-alias and --baseline-model do not go together")
        }
    }

    func run(in session: Session) async throws {
        let id = try await session.finetuningID(finetuning)
        let order = NewEvaluation(
            goldenRecords: records.isEmpty ? nil : records, includeTraining: includeTraining ? true : nil,
            baselineAlias: baselineAlias, baselineModel: baselineModel, maximumTokens: maxTokens)
        if plan {
            let answer = try await session.ask(Routes.planEvaluation, id, body: order)
            return try await session.show(answer) { FieldList($0).text(on: $1) }
        }
        let answer = try await session.ask(Routes.createEvaluation, id, body: order)
        if detach {
            try await session.show(answer) { FieldList($0).text(on: $1) }
        } else {
            await session.console.note("evaluation \(answer.response.id)")
            try await EvaluationWatch(id: answer.response.id, after: 0).run(in: session)
        }
    }
}
