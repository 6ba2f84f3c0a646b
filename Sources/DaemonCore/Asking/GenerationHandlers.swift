import FinetuneAPI
import Identifiers
import Jobs
import LineTransport
import Logging
import Store
import TrainingData

/// Answers for answers: the SQL that models, or clients, give to questions.
struct GenerationHandlers: Sendable {
    let store: StateStore
    let ids: ObjectIDGenerator
    let desk: ModelDesk
    let generator: SQLGenerator
    let providers: ProviderRegistry
    let logger: Logger

    var endpoints: [Endpoint] {
        [
            Routes.generateSQL.streamed { call, stream in
                let prompt = try await store.prompt(call.parameter)
                return try await generate(
                    Wish(call.body, caller: call.caller, ticket: call.ticket), for: prompt, isNew: false, to: stream)
            },
            Routes.generatePromptSQL.streamed { call, stream in
                let prompt = try Jobs.Prompt(call.body.prompt, id: ids.next(), now: .now)
                let wish = Wish(call.body.generation, caller: call.caller, ticket: call.ticket)
                return try await generate(wish, for: prompt, isNew: true, to: stream)
            },
            Routes.listGenerations.answered { call in
                let page = try FieldChecks.page(call.query.page, call.query.limit)
                return try await store.generations(of: call.query.prompt, page).map { try wire($0) }
            },
            Routes.readGeneration.answered { try wire(await store.generation($0.parameter)) },
            Routes.changeGeneration.answered { call in
                let metadata = try FieldChecks.metadata(call.body.metadata)
                return try wire(
                    await store.changeGeneration(call.parameter) { text in
                        text = metadata.applied(to: text.map(JSONText.init))?.text
                    })
            },
        ]
    }

    private func wire(_ generation: Jobs.SQLGeneration) throws -> Wire.SQLGeneration {
        try Wire.SQLGeneration(generation, providers)
    }
}

// MARK: Generating

extension GenerationHandlers {
    /// A wish for SQL, whichever route it came by.
    private struct Wish: Sendable {
        let body: NewSQLGeneration
        let caller: Caller
        let ticket: ReplyTicket?

        init(_ body: NewSQLGeneration, caller: Caller, ticket: ReplyTicket?) {
            self.body = body
            self.caller = caller
            self.ticket = ticket
        }
    }

    private func generate(
        _ wish: Wish, for prompt: Jobs.Prompt, isNew: Bool, to stream: ReplyStream
    ) async throws -> Wire.SQLGeneration {
        let metadata = try FieldChecks.metadata(wish.body.metadata)?.text
        let began = Timestamp.now
        let (model, answered) = try await answer(wish, to: prompt, stream)
        let now = Timestamp.now
        let generation = Jobs.SQLGeneration(
            id: ids.next(now: now), prompt: prompt.id, model: model, outcome: answered.outcome,
            warning: answered.warning, measuresConfidence: wish.body.evaluate ?? false, metadata: metadata,
            createdAt: began, completedAt: now)
        let reply = try wire(generation)
        // A failure is kept too, but as no reply: a request that comes again is carried out again.
        let keeping = answered.failure == nil ? wish.ticket.keeping { (_: Void) in reply } : nil
        try await store.insert(generation, answering: isNew ? prompt : nil, keeping: keeping)
        if var failure = answered.failure {
            failure.detail["sql_generation_id"] = .string(generation.id.description)
            throw failure
        }
        return reply
    }

    private func answer(
        _ wish: Wish, to prompt: Jobs.Prompt, _ stream: ReplyStream
    ) async throws -> (model: AskedModel?, SQLGenerator.Answered) {
        if let sql = wish.body.sql {
            let sql = try FieldChecks.storedText(sql, field: "sql")
            let verdict = try await generator.verdict(on: sql, of: prompt.connection)
            return (nil, SQLGenerator.Answered(outcome: .init(sql: sql, verdict: verdict), failure: nil))
        }
        let model = try await desk.asked(wish.body)
        let order = SQLGenerator.Order(
            question: prompt.text, connection: prompt.connection, schemas: prompt.schemas, model: model,
            measuresConfidence: wish.body.evaluate ?? false, user: wish.caller.peer.userID)
        guard wish.body.stream == true else { return (model.asked, try await generator.answer(order)) }
        return (model.asked, try await streamedAnswer(order, to: stream))
    }

    // The provider's pieces come on a thread that must not wait for a slow reader, so they are kept until it takes them.
    private func streamedAnswer(
        _ order: SQLGenerator.Order, to stream: ReplyStream
    ) async throws -> SQLGenerator.Answered {
        let (pieces, continuation) = AsyncStream.makeStream(of: SQLGenerationText.self)
        async let sending: Void = {
            for await piece in pieces { try await stream.send(piece) }
        }()
        defer { continuation.finish() }
        let answered = try await generator.answer(order) { attempt, text in
            continuation.yield(SQLGenerationText(attempt: attempt, text: text))
        }
        continuation.finish()
        try await sending
        return answered
    }
}
