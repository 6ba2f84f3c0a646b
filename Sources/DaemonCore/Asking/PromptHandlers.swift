import FinetuneAPI
import Identifiers
import Jobs
import LineTransport
import Store
import TrainingData

/// Answers for questions.
struct PromptHandlers: Sendable {
    let store: StateStore
    let ids: ObjectIDGenerator
    let renderer: PromptRenderer

    var endpoints: [Endpoint] {
        [
            Routes.createPrompt.answered { try await create($0) },
            Routes.listPrompts.answered { call in
                let page = try FieldChecks.page(call.query.page, call.query.limit)
                return try await store.prompts(of: call.query.databaseConnection, page)
                    .map { try Wire.Prompt($0) }
            },
            Routes.readPrompt.answered { try Wire.Prompt(await store.prompt($0.parameter)) },
            Routes.changePrompt.answered { call in
                let metadata = try FieldChecks.metadata(call.body.metadata)
                return try Wire.Prompt(
                    await store.changePrompt(call.parameter) { text in
                        text = metadata.applied(to: text.map(JSONText.init))?.text
                    })
            },
            Routes.renderPrompt.answeredInJSON(immediately: { renderer.keptRendering(of: $0) }) { call in
                try await renderer.rendering(of: call.body)
            },
        ]
    }

    private func create(_ call: Call<Nothing, Nothing, NewPrompt>) async throws -> Wire.Prompt {
        let prompt = try Jobs.Prompt(call.body, id: ids.next(), now: .now)
        let reply = try Wire.Prompt(prompt)
        try await store.insert(prompt, keeping: call.keeping { _ in reply })
        return reply
    }
}

extension Jobs.Prompt {
    /// The question that a request asks. Throws `invalid_field`.
    init(_ new: NewPrompt, id: ObjectID, now: Timestamp) throws(APIError) {
        self.init(
            id: id, text: try FieldChecks.storedText(new.text, field: "text"), connection: new.databaseConnection,
            schemas: new.schemas ?? [], metadata: try FieldChecks.metadata(new.metadata)?.text, createdAt: now)
    }
}
