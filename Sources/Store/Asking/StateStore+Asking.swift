import GRDB
package import Identifiers
package import Jobs

extension StateStore {
    /// Adds a question. Throws `notFound` for its connection.
    package func insert(_ prompt: Prompt, keeping reply: ReplyKeeping<Void>? = nil) async throws(StoreError) {
        try await write(keeping: reply) { db in try db.insert(prompt) }
    }

    /// Adds an answer, and its question in the same transaction if that is new. Throws `notFound` for the question or
    /// its connection.
    package func insert(
        _ generation: SQLGeneration, answering prompt: Prompt? = nil, keeping reply: ReplyKeeping<Void>? = nil
    ) async throws(StoreError) {
        try await write(keeping: reply) { db in
            if let prompt { try db.insert(prompt) }
            try db.checkExists(.prompt, generation.prompt)
            try db.run(SQLGeneration.insertion, try generation.columns())
        }
    }

    /// Replaces the notes on a question. Throws `notFound`.
    package func changePrompt(
        _ id: ObjectID, _ change: @escaping @Sendable (inout String?) -> Void
    ) async throws(StoreError) -> Prompt {
        try await write { db in
            var prompt = try db.prompt(id)
            change(&prompt.metadata)
            try db.run("UPDATE prompts SET metadata = ? WHERE id = ?", [prompt.metadata, id])
            return prompt
        }
    }

    /// Replaces the notes on an answer. Throws `notFound`.
    package func changeGeneration(
        _ id: ObjectID, _ change: @escaping @Sendable (inout String?) -> Void
    ) async throws(StoreError) -> SQLGeneration {
        try await write { db in
            var generation = try db.generation(id)
            change(&generation.metadata)
            try db.run("UPDATE sql_generations SET metadata = ? WHERE id = ?", [generation.metadata, id])
            return generation
        }
    }
}

// MARK: Reading

extension StateStore {
    /// The question with this id. Throws `notFound`.
    package func prompt(_ id: ObjectID) async throws(StoreError) -> Prompt {
        try await read { db in try db.prompt(id) }
    }

    /// A page of the questions about one connection, or of all.
    package func prompts(of connection: ObjectID?, _ page: PageRequest) async throws(StoreError) -> [Prompt] {
        try await read { db in
            let filter = ListFilter().with("connection_id", connection)
            return try db.rows(of: Prompt.table, filter, on: page).map(Prompt.init)
        }
    }

    /// The answer with this id. Throws `notFound`.
    package func generation(_ id: ObjectID) async throws(StoreError) -> SQLGeneration {
        try await read { db in try db.generation(id) }
    }

    /// A page of the answers to one question, or of all.
    package func generations(
        of prompt: ObjectID?, _ page: PageRequest
    ) async throws(StoreError) -> [SQLGeneration] {
        try await read { db in
            let filter = ListFilter().with("prompt_id", prompt)
            return try db.rows(of: SQLGeneration.table, filter, on: page).map(SQLGeneration.init)
        }
    }
}

extension Database {
    fileprivate func insert(_ prompt: Prompt) throws {
        try checkExists(.databaseConnection, prompt.connection)
        try run(
            """
            INSERT INTO prompts (id, connection_id, text, schemas, metadata, created_at) VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                prompt.id, prompt.connection, prompt.text, try StoredJSON.text(prompt.schemas), prompt.metadata,
                prompt.createdAt,
            ])
    }

    fileprivate func prompt(_ id: ObjectID) throws -> Prompt {
        guard let row = try first("SELECT * FROM prompts WHERE id = ?", [id]) else {
            throw StoreError.notFound(.prompt, id)
        }
        return try Prompt(row)
    }

    fileprivate func generation(_ id: ObjectID) throws -> SQLGeneration {
        guard let row = try first("SELECT * FROM sql_generations WHERE id = ?", [id]) else {
            throw StoreError.notFound(.sqlGeneration, id)
        }
        return try SQLGeneration(row)
    }
}
