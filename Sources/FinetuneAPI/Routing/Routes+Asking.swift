public import Identifiers

extension Routes {
    // MARK: Questions

    /// `POST /prompts`
    public static let createPrompt = Route<Nothing, Nothing, NewPrompt, Prompt>(
        .post, "/prompts", by: .agent, replies: .one(status: 201), "Ask a question, for answers to come",
        refusals: [.databaseConnectionNotFound])
    /// `GET /prompts`
    public static let listPrompts = Route<Nothing, ConnectionPaging, Nothing, [Prompt]>(
        .get, "/prompts", by: .reader, "List questions")
    /// `GET /prompts/{id}`
    public static let readPrompt = Route<ObjectID, Nothing, Nothing, Prompt>(
        .get, "/prompts/{id}", by: .reader, "Read a question", refusals: [.promptNotFound])
    /// `PUT /prompts/{id}`
    public static let changePrompt = Route<ObjectID, Nothing, NotesChange, Prompt>(
        .put, "/prompts/{id}", by: .agent, "Change a question's metadata", refusals: [.promptNotFound])
    /// `POST /prompts/render`
    public static let renderPrompt = Route<Nothing, Nothing, PromptRenderingRequest, PromptRendering>(
        .post, "/prompts/render", by: .agent, "The messages of a question, for agents that ask the provider themselves",
        changesNothing: true,
        refusals: [
            .databaseConnectionNotFound, .finetuningNotFound, .modelNotFound, .finetuningNotSucceeded,
            .modelProviderNotSupported,
        ])

    // MARK: Answers

    /// `POST /prompts/{id}/sql-generations`
    public static let generateSQL = Route<ObjectID, Nothing, NewSQLGeneration, SQLGenerationText>(
        .post, "/prompts/{id}/sql-generations", by: .agent, replies: .many(status: 201),
        "Have a question answered by a model, or an answer checked", last: SQLGeneration.self,
        refusals: [.promptNotFound] + refusalsOfGeneration)
    /// `POST /prompts/sql-generations`
    public static let generatePromptSQL = Route<Nothing, Nothing, NewPromptSQLGeneration, SQLGenerationText>(
        .post, "/prompts/sql-generations", by: .agent, replies: .many(status: 201),
        "Ask a question and have it answered by a model, or an answer checked", last: SQLGeneration.self,
        refusals: [.databaseConnectionNotFound] + refusalsOfGeneration)
    /// `GET /sql-generations`
    public static let listGenerations = Route<Nothing, SQLGenerationPaging, Nothing, [SQLGeneration]>(
        .get, "/sql-generations", by: .reader, "List answers")
    /// `GET /sql-generations/{id}`
    public static let readGeneration = Route<ObjectID, Nothing, Nothing, SQLGeneration>(
        .get, "/sql-generations/{id}", by: .reader, "Read an answer", refusals: [.sqlGenerationNotFound])
    /// `PUT /sql-generations/{id}`
    public static let changeGeneration = Route<ObjectID, Nothing, NotesChange, SQLGeneration>(
        .put, "/sql-generations/{id}", by: .agent, "Change an answer's metadata", refusals: [.sqlGenerationNotFound])

    // MARK: Results

    /// `GET /sql-generations/{id}/execute`
    public static let executeGeneration = Route<ObjectID, ResultQuery, Nothing, QueryResult>(
        .get, "/sql-generations/{id}/execute", by: .agent, "Run an answer's SQL on its SQLite database, reading only",
        refusals: refusalsOfExecution)
    /// `GET /sql-generations/{id}/csv`
    public static let generationCSV = Route<ObjectID, ResultQuery, Nothing, CSVText>(
        .get, "/sql-generations/{id}/csv", by: .agent, replies: .many(status: 200),
        "The same, as comma-separated values while it runs", last: CSVEnd.self, refusals: refusalsOfExecution)

    private static let refusalsOfExecution: [ErrorCode] = [
        .sqlGenerationNotFound, .sqlNotExecutable, .sqlExecutionFailed, .invalidDatabaseURIFormat,
        .invalidDatabaseConnection, .streamEnded,
    ]

    private static let refusalsOfGeneration: [ErrorCode] = [
        .finetuningNotFound, .modelNotFound, .finetuningNotSucceeded, .llmModelNotSupported,
        .modelProviderNotSupported, .providerUnavailable, .providerUnauthorized, .providerRefused, .streamEnded,
    ]

    static let asking: [RouteSignature] = [
        createPrompt.signature, listPrompts.signature, readPrompt.signature, changePrompt.signature,
        renderPrompt.signature, generateSQL.signature, generatePromptSQL.signature, listGenerations.signature,
        readGeneration.signature, changeGeneration.signature, executeGeneration.signature, generationCSV.signature,
    ]
}
