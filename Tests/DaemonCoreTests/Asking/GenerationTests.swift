import Identifiers
import Jobs
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("SQL from models", .timeLimit(.minutes(5)))
struct GenerationTests {
    @Test("a question about another database than the model was trained on is answered with a warning")
    func otherDatabase() async throws {
        try await withGrounds { daemon, grounds in
            #expect(try await daemon.generate(grounds).warning == nil)
            let answer = try await daemon.generate(.about(grounds.spare, finetuning: grounds.succeeded))
            #expect(answer.warning?.contains("trained on another database") == true)
            #expect(try await daemon.client.call(Routes.readGeneration, answer.id).warning == answer.warning)
        }
    }

    @Test("the model gets just the messages that the rendering shows, and those of its training file")
    func samePrompt() async throws {
        try await withGrounds { daemon, grounds in
            let question = grounds.library.records[3].promptText
            let rendering = try await daemon.client.call(
                Routes.renderPrompt, body: PromptRenderingRequest(text: question, finetuning: grounds.succeeded))
            _ = try await daemon.generate(
                NewPromptSQLGeneration(
                    prompt: NewPrompt(text: question, databaseConnection: grounds.library.connection.id),
                    finetuning: grounds.succeeded))
            let asked = try #require(await daemon.provider.questions.last)
            let messages = asked.messages.map { PromptMessage(role: $0.role.rawValue, content: $0.content) }
            #expect(messages == rendering.messages)
            #expect(
                asked.model.rawValue == rendering.modelID
                    && asked.maximumTokens == rendering.limits.maximumCompletionTokens)
            #expect(rendering.warning == nil && rendering.promptFingerprint == rendering.trainedFingerprint)

            let examples = daemon.client.stream(.get, "/api/v1/finetunings/\(grounds.succeeded)/file")
            var trained: [JSONValue] = []
            for try await line in examples where line.isPartial { trained.append(line.body) }
            let example = try #require(trained[3]["messages"]?.array)
            #expect(
                example.dropLast()
                    == rendering.messages.map { ["role": .string($0.role), "content": .string($0.content)] })
        }
    }

    @Test("an answer is cleaned and checked, and says who gave it")
    func answered() async throws {
        try await withGrounds { daemon, grounds in
            _ = try await daemon.promote(grounds.succeeded)
            await daemon.provider.answer("Here you are:\n```sql\nSELECT title\nFROM books;\n```\nAnything else?")
            let wish = NewPromptSQLGeneration.about(grounds.library.connection.id, model: "sales", evaluate: true)
            let generation = try await daemon.generate(wish)
            #expect(generation.sql == "SELECT title\nFROM books;" && generation.status == .valid)
            #expect(generation.model == "sales" && generation.modelVersion == 1)
            #expect(generation.finetuning == grounds.succeeded)
            #expect(
                generation.llmConfig
                    == LLMConfig(name: ScriptedProvider.tunedModel, address: "https://provider.test/v1"))
            #expect(generation.tokensUsed == 107 && generation.confidenceScore == 0.75)
            #expect(generation.intermediateSteps.isEmpty && generation.error == nil)
            #expect(try await daemon.client.call(Routes.readGeneration, generation.id) == generation)
        }
    }

    @Test(
        "an answer that cannot be used is told to the model, which is asked once more",
        arguments: [
            ("", "the answer is empty"), ("```sql\n```", "the answer is empty"),
            ("SELECT 1; SELECT 2", "it holds more than one statement"), ("I do not know.", "syntax error"),
            ("DELETE FROM books", "it deletes from books"), ("SELECT pages FROM books", "no such column: pages"),
            ("ATTACH '/etc/x' AS y", "it attaches a database"), ("PRAGMA table_info(books)", "PRAGMA"),
        ])
    func secondAttempt(_ first: String, _ reason: String) async throws {
        try await withGrounds { daemon, grounds in
            await daemon.provider.answer(first)
            let generation = try await daemon.generate(grounds)
            #expect(generation.status == .valid && generation.sql == ScriptedProvider.usualAnswer)
            #expect(generation.intermediateSteps.map(\.answer) == [first])
            #expect(generation.intermediateSteps[0].error.contains(reason), "\(generation.intermediateSteps[0].error)")
            #expect(generation.tokensUsed == 214 && generation.confidenceScore == nil)
            let questions = await daemon.provider.questions
            #expect(questions.count == 2)
            #expect(questions[1].messages.map(\.role) == [.system, .user, .assistant, .user])
            #expect(questions[1].messages[2].content == first)
            #expect(questions[1].messages[3].content.contains(reason))
            #expect(questions[1].messages[3].content.hasSuffix(questions[0].messages[1].content))

            await daemon.provider.answer(first, first)
            let failed = try await daemon.generate(grounds)
            #expect(failed.status == .invalid && failed.error?.contains(reason) == true)
            #expect(failed.intermediateSteps.count == 1)
        }
    }

    @Test("SQL that is given is checked, and no model is asked")
    func given() async throws {
        try await withGrounds { daemon, grounds in
            let connection = grounds.library.connection.id
            #expect(try await daemon.keep("SELECT count(*) FROM books", about: connection).status == .valid)
            let wrong = try await daemon.keep("SELECT * FROM shelves", about: connection)
            #expect(wrong.status == .invalid && wrong.error?.contains("no such table: shelves") == true)
            let other = try await daemon.client.call(
                Routes.createConnection, body: NewDatabaseConnection(alias: "pg", dialect: "postgresql"))
            let unchecked = try await daemon.keep("SELECT now()", about: other.id)
            #expect(unchecked.status == .unchecked && unchecked.error != nil && unchecked.llmConfig == nil)
            #expect(await daemon.provider.questions.isEmpty)
        }
    }

    @Test("a streamed answer comes piece by piece, attempt by attempt, and ends with the whole")
    func streaming() async throws {
        try await withGrounds { daemon, grounds in
            await daemon.provider.answer("no idea")
            let wish = NewPromptSQLGeneration.about(
                grounds.library.connection.id, finetuning: grounds.succeeded, stream: true)
            let request = try Routes.generatePromptSQL.request(query: Nothing(), body: wish)
            var pieces: [SQLGenerationText] = []
            var end: Wire.SQLGeneration?
            for try await reply in daemon.client.stream(request.method, request.path, body: request.body) {
                if reply.isPartial { pieces.append(try reply.response()) } else { end = try reply.response() }
            }
            func text(_ attempt: Int) -> String { pieces.filter { $0.attempt == attempt }.map(\.text).joined() }
            #expect(text(1) == "no idea " && text(2) == ScriptedProvider.usualAnswer + " ")
            #expect(end?.status == .valid && pieces.map(\.attempt) == pieces.map(\.attempt).sorted())
        }
    }

    @Test("a base model of the catalogue can be asked too")
    func baseModel() async throws {
        try await withGrounds { daemon, grounds in
            let generation = try await daemon.generate(
                .about(
                    grounds.library.connection.id,
                    llm: LLMConfig(name: "gpt-4o-mini", address: "https://provider.test/v1")))
            #expect(generation.status == .valid && generation.finetuning == nil)
            #expect(generation.llmConfig?.name == "gpt-4o-mini")
        }
    }

    @Test("a busy provider is asked again; one that fails is an answer without SQL, which is kept")
    func providerFailures() async throws {
        try await withGrounds { daemon, grounds in
            await daemon.provider.script(.complete, .fail(.down), .loseAnswer(.down))
            #expect(try await daemon.generate(grounds).status == .valid)

            let gone = ProviderError.refused(
                ProviderComplaint("no such model", httpStatus: 404, code: "model_not_found"))
            for (error, code) in [
                (gone, ErrorCode.providerRefused), (.downForHours, .providerUnavailable),
                (.unauthorized(ProviderComplaint("wrong key")), .providerUnauthorized),
            ] {
                await daemon.provider.script(.complete, .fail(error))
                let wish = NewPromptSQLGeneration.about(grounds.library.connection.id, finetuning: grounds.succeeded)
                let refusal = try await daemon.sendGeneration(wish).refusal()
                #expect(refusal.code == code)
                let id = try #require(refusal.detail["sql_generation_id"]?.string.flatMap { ObjectID($0) })
                let kept = try await daemon.client.call(Routes.readGeneration, id)
                #expect(
                    kept.status == .invalid && kept.sql == nil && kept.error?.contains(error.complaint.message) == true)
            }
        }
    }

    @Test("an answer is not waited for by others, and whoever goes away gives up its turn")
    func concurrency() async throws {
        var setup = Setup()
        setup.completions = CompletionLimits(concurrency: 2, waiting: 300)
        try await withGrounds(setup) { daemon, grounds in
            let gate = Gate()
            await daemon.provider.script(.complete, .holdBefore(gate), .holdBefore(gate))
            let asker = try await daemon.connect()
            let wish = NewPromptSQLGeneration.about(grounds.library.connection.id, finetuning: grounds.succeeded)
            let request = try Routes.generatePromptSQL.request(query: Nothing(), body: wish)
            // More than the connection may have under way at a time would keep the daemon from reading it.
            let asking = (0..<60).map { _ in
                Task { try await asker.send(request.method, request.path, body: request.body) }
            }
            await gate.reached()
            for _ in 0..<50 { #expect(try await daemon.send(.get, "/heartbeat").status == 200) }
            #expect(try await daemon.read(grounds.succeeded).status == .succeeded)
            await asker.close()
            for task in asking { await #expect(throws: ClientError.self) { try await task.value } }
            // Their turns are free again, though the gate stays shut.
            #expect(try await daemon.generate(grounds).status == .valid)
            #expect(await daemon.provider.questions.count <= 4)
        }
    }

    @Test("beyond the places to wait in, questions are refused")
    func fullQueue() async throws {
        var setup = Setup()
        setup.completions = CompletionLimits(concurrency: 1, waiting: 0)
        try await withGrounds(setup) { daemon, grounds in
            let gate = Gate()
            await daemon.provider.script(.complete, .holdBefore(gate))
            async let first = daemon.generate(grounds)
            await gate.reached()
            let wish = NewPromptSQLGeneration.about(grounds.library.connection.id, finetuning: grounds.succeeded)
            let second = try await daemon.sendGeneration(wish)
            gate.open()
            let answered = try await first
            #expect(answered.status == .valid)
            #expect(try second.refusal().code == .tooManyRequests)
        }
    }
}

/// Runs a test on grounds that are prepared.
func withGrounds(_ setup: Setup = Setup(), _ test: (TestDaemon, Grounds) async throws -> Void) async throws {
    try await withDaemon(ScriptedProvider(), setup) { daemon in
        try await test(daemon, try await Grounds.prepare(daemon))
    }
}
