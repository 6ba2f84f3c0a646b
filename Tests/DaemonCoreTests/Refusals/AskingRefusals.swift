import Identifiers
import Jobs
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

// Questions and answers that are refused.

let askingRefusals: [RefusalCase] = [
    .init(.promptNotFound, "read", .get, "/prompts/\(nobody)"),
    .init(.promptNotFound, "changed", .put, "/prompts/\(nobody)", body: [:]),
    .init(.promptNotFound, "answered", .post, "/prompts/\(nobody)/sql-generations", body: ["sql": "SELECT 1"]),
    .init(.sqlGenerationNotFound, "read", .get, "/sql-generations/\(nobody)"),
    .init(.sqlGenerationNotFound, "changed", .put, "/sql-generations/\(nobody)", body: [:]),
    .init(.sqlGenerationNotFound, "run", .get, "/sql-generations/\(nobody)/execute"),
    .init(.sqlGenerationNotFound, "exported", .get, "/sql-generations/\(nobody)/csv"),
    .init(.databaseConnectionNotFound, "asked about", .post, "/prompts") { _ in .question(nobody) },
    .init(.databaseConnectionNotFound, "answered about", .post, "/prompts/sql-generations") { grounds in
        ["prompt": .question(nobody), "finetuning_id": .id(grounds.succeeded)]
    },
    .init(.invalidField, "an empty question", .post, "/prompts") { grounds in
        ["db_connection_id": .id(grounds.library.connection.id), "text": " "]
    },
    .init(.invalidField, "a question to nobody", .post, "/prompts/sql-generations") { .asking($0, "stream", false) },
    .init(.invalidField, "a question longer than the model takes", .post, "/prompts/render") { grounds in
        ["text": .string(String(repeating: "why ", count: 70_000)), "finetuning_id": .id(grounds.succeeded)]
    },
    .init(.invalidField, "a key sent elsewhere", .post, "/prompts/sql-generations") {
        .asking($0, "llm_config", ["llm_name": "gpt-4o-mini", "api_base": "https://elsewhere.test"])
    },
    .init(.invalidField, "empty SQL", .post, "/prompts/sql-generations") { .asking($0, "sql", " ") },
    .init(.llmModelNotSupported, "no base model", .post, "/prompts/sql-generations") {
        .asking($0, "llm_config", ["llm_name": "gpt-9"])
    },
    .init(.modelNotFound, "no alias", .post, "/prompts/sql-generations") { .asking($0, "model", "none") },
    .init(.finetuningNotFound, "asked", .post, "/prompts/sql-generations") {
        .asking($0, "finetuning_id", .id(nobody))
    },
    .init(.finetuningNotSucceeded, "asked too early", .post, "/prompts/sql-generations") {
        .asking($0, "finetuning_id", .id($0.waiting))
    },
    .init(.invalidField, "rendered for nobody", .post, "/prompts/render", body: ["text": "How many?"]),
    .init(.modelNotFound, "rendered", .post, "/prompts/render", body: ["text": "How many?", "model": "none"]),
    .init(.finetuningNotSucceeded, "rendered", .post, "/prompts/render") { grounds in
        ["text": "How many?", "finetuning_id": .id(grounds.waiting)]
    },
    .init(.unknownField, "in what is rendered", .post, "/prompts/render", body: ["text": "How many?", "modle": "x"]),
]

/// Requests that fail for what became of something else, and leave a trace.
let askingTroubles: [RefusalCase] = [
    .init(.providerUnavailable, "a model that does not answer") { grounds in
        await grounds.daemon.provider.script(.complete, .fail(.downForHours))
        return try await grounds.daemon.send(
            .post, "/prompts/sql-generations", .asking(grounds, "finetuning_id", .id(grounds.succeeded)))
    },
    .init(.providerUnauthorized, "a key that is refused") { grounds in
        await grounds.daemon.provider.script(.complete, .fail(.unauthorized(.init("wrong key"))))
        return try await grounds.daemon.send(
            .post, "/prompts/sql-generations", .asking(grounds, "finetuning_id", .id(grounds.succeeded)))
    },
    .init(.providerRefused, "a model that is gone") { grounds in
        await grounds.daemon.provider.script(.complete, .fail(.refused(.init("gone", httpStatus: 404))))
        return try await grounds.daemon.send(
            .post, "/prompts/sql-generations", .asking(grounds, "finetuning_id", .id(grounds.succeeded)))
    },
    .init(.sqlNotExecutable, "SQL for another database") { grounds in
        let other = try await grounds.daemon.client.call(
            Routes.createConnection, body: NewDatabaseConnection(alias: "pg", dialect: "postgresql"))
        let generation = try await grounds.daemon.keep("SELECT now()", about: other.id)
        return try await grounds.daemon.send(.get, "/sql-generations/\(generation.id)/execute")
    },
    .init(.sqlExecutionFailed, "SQL that fails while it runs") { grounds in
        let generation = try await grounds.daemon.keep(
            "SELECT abs(-9223372036854775807 - 1)", about: grounds.library.connection.id)
        return try await grounds.daemon.send(.get, "/sql-generations/\(generation.id)/execute")
    },
    .init(.invalidField, "no rows at all") { grounds in
        let generation = try await grounds.daemon.keep("SELECT 1", about: grounds.library.connection.id)
        return try await grounds.daemon.send(.get, "/sql-generations/\(generation.id)/csv?max_rows=0")
    },
]

private let nobody = ObjectID(seconds: 1, suffix: 1)

extension JSONValue {
    fileprivate static func question(_ connection: ObjectID) -> JSONValue {
        ["db_connection_id": .id(connection), "text": "How many books?"]
    }

    /// A question about the library, answered in one way.
    fileprivate static func asking(_ grounds: Grounds, _ field: String, _ value: JSONValue) -> JSONValue {
        .object(
            JSONObject(members: [
                .init(name: "prompt", value: .question(grounds.library.connection.id)),
                .init(name: field, value: value),
            ]))
    }
}
