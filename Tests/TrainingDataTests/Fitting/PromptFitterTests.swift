import SeededRandomness
import Testing
import Tokenizer

@testable import TrainingData

@Suite("Examples and prompts fit their model")
struct PromptFitterTests {
    private func fitter(
        _ tables: [TableDescription], tokens: Int = 65_536, vocabulary: Vocabulary = .cl100k
    ) -> PromptFitter {
        PromptFitter(
            tables: tables, dialect: .sqlite, redaction: .full,
            limit: ExampleLimit(vocabulary: vocabulary, tokens: tokens))
    }

    /// What OpenAI's documentation counts, of whole texts and in the simplest way.
    private func documentedCount(_ messages: [(role: String, text: String)], _ vocabulary: Vocabulary) -> Int {
        let tokenizer = Tokenizer.shared(vocabulary)
        return messages.reduce(3) { $0 + 3 + tokenizer.count($1.role) + tokenizer.count($1.text) }
    }

    private func documentedCount(_ example: ChatExample, _ vocabulary: Vocabulary) -> Int {
        documentedCount(
            [("system", example.schema.systemMessage), ("user", example.question), ("assistant", example.sql)],
            vocabulary)
    }

    @Test("an example is counted exactly and never longer than the model takes", arguments: Vocabulary.allCases)
    func limits(vocabulary: Vocabulary) throws {
        var random = SeededGenerator(seed: 7)
        var details: Set<PromptDetail> = []
        for round in 0..<60 {
            let tables = (0..<Int.random(in: 1...12, using: &random)).map { TableDescription.random($0, &random) }
            let fitter = fitter(tables, tokens: Int.random(in: 200...4_000, using: &random), vocabulary: vocabulary)
            let sql = String(repeating: "SELECT name FROM t\(round) -- ", count: Int.random(in: 1...20, using: &random))
            let fitting = Result { try fitter.example(question: "What of t\(round % 12)?", sql: sql, reading: ["t0"]) }
            if case .failure(FittingError.tooLong(let tokens, let limit)) = fitting {
                #expect(tokens > limit)
                continue
            }
            let fitted = try fitting.get()
            #expect(fitted.tokenCount <= fitter.limit.tokens)
            #expect(fitted.tokenCount == documentedCount(fitted.example, vocabulary))
            details.insert(fitted.example.schema.detail)
        }
        #expect(details == Set(PromptDetail.allCases))
    }

    @Test("the prompt of an example is byte for byte the one that an agent gets", arguments: [400, 700, 2_000, 65_536])
    func sameForAgents(tokens: Int) throws {
        var random = SeededGenerator(seed: 8)
        let tables = (0..<12).map { TableDescription.random($0, &random) }
        let training = fitter(tables, tokens: tokens)
        let serving = fitter(tables.shuffled(using: &random), tokens: tokens)
        for number in 0..<12 {
            let question = " How many rows has t\(number)? "
            let prompt = try serving.prompt(for: question)
            let shown = Set(prompt.schema.tables.prefix(1).map(\.name))
            let fitted = try training.example(question: question, sql: "SELECT 1", reading: shown)
            #expect(fitted.example.schema.systemMessage.utf8.elementsEqual(prompt.messages.system.utf8))
            #expect(fitted.example.question.utf8.elementsEqual(prompt.messages.user.utf8))
            #expect(
                prompt.tokenCount
                    == documentedCount([("system", prompt.messages.system), ("user", prompt.messages.user)], .cl100k))
        }
    }

    @Test("drops sample rows, then categories, then descriptions, before it drops a table")
    func detail() throws {
        var random = SeededGenerator(seed: 9)
        let tables = (0..<8).map { TableDescription.random($0, &random) }
        var steps: [PromptDetail] = []
        var tableCounts: [Int] = []
        for tokens in stride(from: 6_000, through: 300, by: -50) {
            let prompt = try fitter(tables, tokens: tokens).prompt(for: "?")
            if steps.last != prompt.schema.detail { steps.append(prompt.schema.detail) }
            tableCounts.append(prompt.schema.tables.count)
            #expect(prompt.omittedTableCount == 0 || prompt.schema.detail == .withoutDescriptions)
            #expect(prompt.schema.systemMessage.contains("sample rows of") == (prompt.schema.detail == .whole))
        }
        #expect(steps == PromptDetail.allCases)
        #expect(tableCounts.first == 8 && (tableCounts.last ?? 8) < 8)
    }

    @Test("where not all tables fit, it shows those that the question is about, in the order of names")
    func relevance() throws {
        let tables =
            (0..<40).map { TableDescription.wide("t\($0)") }
            + [.wide("customerInvoices", description: "bills"), .wide("albums")]
        let prompt = try fitter(tables, tokens: 2_000).prompt(for: "Which invoices name an album?")
        let names = prompt.schema.tables.map(\.name)
        #expect(names.contains("customerInvoices") && names.contains("albums"))
        #expect(prompt.omittedTableCount > 20 && prompt.omittedTableCount + names.count == 42)
        #expect(names == names.sorted())
    }

    @Test("in training, tables that the SQL reads are shown whatever the question says, and counted as missed")
    func needed() throws {
        let tables = (0..<40).map { TableDescription.wide("t\($0)") } + [.wide("albums")]
        let fitter = fitter(tables, tokens: 2_000)
        let question = "Which albums are there?"
        let agents = try fitter.prompt(for: question).schema
        let missing = try #require(tables.map(\.tableName).last { name in !agents.tables.contains { $0.name == name } })
        let fitted = try fitter.example(question: question, sql: "SELECT 1", reading: ["albums", missing])
        let names = fitted.example.schema.tables.map(\.name)
        #expect(fitted.missedTables.map(\.name) == [missing])
        #expect(names.contains("albums") && names.contains(missing))
        #expect(names == names.sorted())
        #expect(names.count == agents.tables.count)
    }

    @Test("a table brought in for its SQL does not stand out: tables beside it in the ranking come with it")
    func noLeak() {
        let choice = TableChoice(ranking: Array(0..<100), cost: { _ in 1 }, budget: 10)
        #expect(choice.byRelevance == Array(0..<10))
        #expect(choice.including([50]) == Array(0..<7) + [49, 50, 51])
        #expect(choice.including([3]) == Array(0..<10))
        #expect(choice.including([99]) == Array(0..<8) + [98, 99])
    }

    @Test("an example whose question, SQL and least tables do not fit is refused with how long it is")
    func tooLong() throws {
        let fitter = fitter([.wide("a"), .wide("b")], tokens: 600)
        let longSQL = String(repeating: "SELECT 1 UNION ", count: 300)
        #expect(throws: FittingError.self) { try fitter.example(question: "?", sql: longSQL, reading: ["a"]) }
        let longQuestion = String(repeating: "who ", count: 700)
        let error = #expect(throws: FittingError.self) { try fitter.prompt(for: longQuestion) }
        guard case .tooLong(let tokens, 600) = error else { throw try #require(error) }
        #expect(tokens > 700)
        #expect(try fitter.prompt(for: "who?").tokenCount < 600)
    }

    @Test(
        "questions are searched for whatever they hold",
        arguments: [
            "", "\"", "a OR b NEAR(c) AND NOT *", "'; DROP TABLE t", "\0", "😀 漢字 ½ ﬁ", "name:x ^y +z -w",
            String(repeating: "word ", count: 400), "the of and",
        ])
    func oddQuestions(question: String) throws {
        let fitter = fitter((0..<40).map { .wide("t\($0)") }, tokens: 2_000)
        #expect(try !fitter.prompt(for: question).schema.tables.isEmpty)
    }
}

extension TableDescription {
    /// A table of some thirty columns, of which a small limit takes few.
    static func wide(_ name: String, description: String? = nil) -> TableDescription {
        let columns = (0..<30).map { "x\($0) INTEGER" }.joined(separator: ", ")
        return .fixture(name, "CREATE TABLE \(name) (\(columns))", description: description)
    }

    /// A table with something of everything; the DDL of some starts with a comment.
    static func random(_ number: Int, _ random: inout SeededGenerator) -> TableDescription {
        let lines = (0..<Int.random(in: 1...6, using: &random)).map { "    column_\($0) TEXT" }
        let comment = number.isMultiple(of: 3) ? "-- table \(number)\n" : ""
        return .fixture(
            "t\(number)", "\(comment)CREATE TABLE t\(number) (\n\(lines.joined(separator: ",\n"))\n)",
            description: "what t\(number) holds",
            columns: [Column(name: "column_0", dataType: "TEXT", description: "état", categories: ["new", "old ünï"])],
            sampleRows: [SampleRow(cells: [.init(column: "column_0", value: .text("it's \(number)"))])])
    }
}
