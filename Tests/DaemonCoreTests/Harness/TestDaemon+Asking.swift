import Identifiers
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

extension TestDaemon {
    /// Asks the tuned model of the grounds.
    func generate(_ grounds: Grounds) async throws -> Wire.SQLGeneration {
        try await generate(.about(grounds.library.connection.id, finetuning: grounds.succeeded))
    }

    /// Asks a question and has it answered.
    func generate(_ wish: NewPromptSQLGeneration) async throws -> Wire.SQLGeneration {
        let reply = try await sendGeneration(wish)
        #expect(reply.status == 201)
        return try reply.response()
    }

    func sendGeneration(_ wish: NewPromptSQLGeneration) async throws -> Reply {
        let request = try Routes.generatePromptSQL.request(query: Nothing(), body: wish)
        return try await client.send(request.method, request.path, body: request.body)
    }

    /// Keeps SQL of the test's own as an answer.
    func keep(_ sql: String, about connection: ObjectID) async throws -> Wire.SQLGeneration {
        try await generate(
            NewPromptSQLGeneration(prompt: NewPrompt(text: "What?", databaseConnection: connection), sql: sql))
    }
}

extension NewPromptSQLGeneration {
    /// A question about a library to a model.
    static func about(
        _ connection: ObjectID, finetuning: ObjectID? = nil, model: String? = nil, llm: LLMConfig? = nil,
        evaluate: Bool? = nil, stream: Bool? = nil
    ) -> NewPromptSQLGeneration {
        NewPromptSQLGeneration(
            prompt: NewPrompt(text: "Which books are old?", databaseConnection: connection), finetuning: finetuning,
            model: model, llmConfig: llm, evaluate: evaluate, stream: stream)
    }
}
