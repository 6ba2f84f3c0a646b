import Identifiers
import Jobs
import Store
import Testing

@Suite("Questions and answers")
struct AskingTests {
    private static let model = AskedModel(
        provider: .openAI, name: "ft:1", finetuning: id(50), alias: .init(name: "sales", version: 3))
    private static let steps = [SQLGeneration.Step(answer: "no\nidea", error: "near \"no\": syntax error")]

    @Test(
        "whatever came of a question reads back as it was, after a crash too",
        arguments: [
            (model, .init(sql: "SELECT 1", verdict: .valid, tokens: 12, confidence: 0.5, steps: steps)),
            (model, .init(sql: nil, verdict: .invalid(reason: "the answer is empty"), steps: steps)),
            (nil, .init(sql: "SELECT now()", verdict: .unchecked(reason: "no SQLite"))),
            (
                AskedModel(provider: .openAI, name: "gpt", finetuning: nil, alias: nil),
                .init(sql: "SELECT 2", verdict: .valid)
            ),
        ] as [(AskedModel?, SQLGeneration.Outcome)])
    func roundTrip(_ model: AskedModel?, _ outcome: SQLGeneration.Outcome) async throws {
        try await withStore { store, folder in
            try await store.addConnection()
            let generation = generation(21, answering: 20, model, outcome)
            try await store.insert(generation, answering: prompt(20))
            try await store.insert(prompt(22))
            let again = try await folder.copyAfterCrash().open()
            #expect(try await again.generation(id(21)) == generation)
            #expect(try await again.prompt(id(20)) == prompt(20))
            #expect(try await again.prompts(of: id(1), PageRequest()) == [prompt(20), prompt(22)])
            #expect(try await again.prompts(of: id(1), PageRequest(number: 2, limit: 1)) == [prompt(22)])
            for far in [3, 10_000] {
                #expect(try await again.prompts(of: nil, PageRequest(number: far, limit: 1)).isEmpty)
            }
            #expect(try await again.generations(of: id(22), PageRequest()).isEmpty)
            #expect(try await again.generations(of: nil, PageRequest()) == [generation])
            #expect(try await again.newestID() == id(22))
            try await again.close()
        }
    }

    @Test("notes can be changed, nothing else")
    func notes() async throws {
        try await withStore { store, _ in
            try await store.addConnection()
            try await store.insert(
                generation(21, answering: 20, nil, .init(sql: "SELECT 1", verdict: .valid)), answering: prompt(20))
            #expect(try await store.changePrompt(id(20)) { $0 = #"{"a":1}"# }.metadata == #"{"a":1}"#)
            #expect(try await store.changeGeneration(id(21)) { $0 = nil }.metadata == nil)
            await #expect(throws: StoreError.notFound(.prompt, id(30))) {
                try await store.changePrompt(id(30)) { _ in }
            }
            await #expect(throws: StoreError.notFound(.sqlGeneration, id(30))) { try await store.generation(id(30)) }
        }
    }

    @Test("an answer needs its question, and that its database; they go with it")
    func references() async throws {
        try await withStore { store, _ in
            let answer = generation(21, answering: 20, nil, .init(sql: "SELECT 1", verdict: .valid))
            await #expect(throws: StoreError.notFound(.databaseConnection, id(1))) {
                try await store.insert(prompt(20))
            }
            try await store.addConnection()
            await #expect(throws: StoreError.notFound(.prompt, id(20))) { try await store.insert(answer) }
            try await store.insert(answer, answering: prompt(20))
            try await store.deleteConnection(id(1))
            #expect(try await store.generations(of: nil, PageRequest()).isEmpty)
        }
    }

    @Test("old questions are forgotten with their answers, but for those that were answered since")
    func pruning() async throws {
        try await withStore { store, _ in
            try await store.addConnection()
            let outcome = SQLGeneration.Outcome(sql: "SELECT 1", verdict: .valid)
            try await store.insert(generation(21, answering: 20, nil, outcome), answering: prompt(20))
            try await store.insert(prompt(22))
            try await store.insert(prompt(23))
            let later = noon.advanced(by: .seconds(10))
            try await store.insert(generation(24, answering: 23, nil, outcome, at: later))
            #expect(try await store.prunePrompts(before: noon, limit: 10) == 0)
            #expect(try await store.prunePrompts(before: later, limit: 10) == 2)
            #expect(try await store.prompts(of: nil, PageRequest()) == [prompt(23)])
            #expect(try await store.generations(of: nil, PageRequest()).map(\.id) == [id(24)])
        }
    }

    @Test(
        "the database refuses an answer that contradicts itself",
        arguments: [
            "status = 'perhaps'", "status = 'invalid'", "error = 'x'", "sql = NULL", "confidence = 2", "tokens = -1",
            "model_alias = NULL", "model_name = NULL", "steps = '{}'",
        ])
    func constraints(_ assignment: String) async throws {
        try await withStore { store, _ in
            try await store.addConnection()
            try await store.insert(
                generation(21, answering: 20, Self.model, .init(sql: "SELECT 1", verdict: .valid)),
                answering: prompt(20))
            await #expect(throws: StoreError.self) {
                try await store.execute("UPDATE sql_generations SET \(assignment)")
            }
        }
    }
}

private func prompt(_ number: Int) -> Prompt {
    Prompt(
        id: id(number), text: "how many?\n", connection: id(1), schemas: ["main"], metadata: #"{"b":2}"#,
        createdAt: noon)
}

private func generation(
    _ number: Int, answering prompt: Int, _ model: AskedModel?, _ outcome: SQLGeneration.Outcome,
    at moment: Timestamp = noon
) -> SQLGeneration {
    SQLGeneration(
        id: id(number), prompt: id(prompt), model: model, outcome: outcome,
        warning: model == nil ? nil : "other tables", measuresConfidence: true, metadata: nil, createdAt: moment,
        completedAt: moment)
}
