/// What went wrong, in the words that programs compare.
public enum ErrorCode: String, Sendable, Hashable, CaseIterable, Codable {
    case databaseConnectionNotFound = "database_connection_not_found"
    case tableDescriptionNotFound = "table_description_not_found"
    case goldenRecordNotFound = "golden_record_not_found"
    case finetuningNotFound = "finetuning_not_found"
    case evaluationNotFound = "evaluation_not_found"
    case modelNotFound = "model_not_found"
    case promptNotFound = "prompt_not_found"
    case sqlGenerationNotFound = "sql_generation_not_found"
    case requestNotFound = "request_not_found"
    case trainingFileNotFound = "training_file_not_found"
    case invalidObjectID = "invalid_object_id"
    case invalidGoldenRecord = "invalid_golden_record"
    case notEnoughGoldenRecords = "not_enough_golden_records"
    case trainingFileTooLarge = "training_file_too_large"
    case invalidDatabaseURIFormat = "invalid_database_uri_format"
    case invalidDatabaseConnection = "invalid_database_connection"
    case emptyDatabase = "empty_database"
    case llmModelNotSupported = "llm_model_not_supported"
    case modelProviderNotSupported = "model_provider_not_supported"
    case invalidModelParameter = "invalid_model_parameter"
    case aliasInUse = "alias_in_use"
    case resourceInUse = "resource_in_use"
    case finetuningNotCancellable = "finetuning_not_cancellable"
    case finetuningInProgress = "finetuning_in_progress"
    case evaluationInProgress = "evaluation_in_progress"
    case evaluationNotCancellable = "evaluation_not_cancellable"
    case finetuningNotSucceeded = "finetuning_not_succeeded"
    case versionConflict = "version_conflict"
    case promotionRefused = "promotion_refused"
    case nothingToRollBack = "nothing_to_roll_back"
    case idempotencyConflict = "idempotency_conflict"
    case providerUnavailable = "provider_unavailable"
    case providerUnauthorized = "provider_unauthorized"
    case providerRefused = "provider_refused"
    case sqlNotExecutable = "sql_not_executable"
    case sqlExecutionFailed = "sql_execution_failed"
    case malformedRequest = "malformed_request"
    case unknownField = "unknown_field"
    case invalidField = "invalid_field"
    case unknownRoute = "unknown_route"
    case methodNotAllowed = "method_not_allowed"
    case lineTooLong = "line_too_long"
    case tooManyRequests = "too_many_requests"
    case budgetExceeded = "budget_exceeded"
    case planChanged = "plan_changed"
    case streamEnded = "stream_ended"
    case streamLagged = "stream_lagged"
    case forbidden
    case storageDegraded = "storage_degraded"
    case shuttingDown = "shutting_down"
    case internalError = "internal_error"

    /// The status of a reply that carries this code.
    public var status: Int {
        switch self {
        case .databaseConnectionNotFound, .tableDescriptionNotFound, .goldenRecordNotFound, .finetuningNotFound,
            .evaluationNotFound, .modelNotFound, .promptNotFound, .sqlGenerationNotFound, .requestNotFound,
            .trainingFileNotFound, .unknownRoute:
            404
        case .invalidObjectID, .invalidGoldenRecord, .notEnoughGoldenRecords, .invalidDatabaseURIFormat,
            .invalidDatabaseConnection, .emptyDatabase, .llmModelNotSupported, .modelProviderNotSupported,
            .invalidModelParameter, .malformedRequest, .unknownField, .invalidField, .trainingFileTooLarge,
            .budgetExceeded:
            400
        case .aliasInUse, .resourceInUse, .finetuningNotCancellable, .finetuningInProgress, .finetuningNotSucceeded,
            .evaluationInProgress, .evaluationNotCancellable, .versionConflict, .promotionRefused, .nothingToRollBack,
            .idempotencyConflict, .planChanged, .streamLagged, .providerRefused, .sqlNotExecutable,
            .sqlExecutionFailed:
            409
        case .forbidden: 403
        case .methodNotAllowed: 405
        case .lineTooLong: 413
        case .tooManyRequests: 429
        case .streamEnded: 499
        case .internalError: 500
        case .storageDegraded, .shuttingDown, .providerUnavailable, .providerUnauthorized: 503
        }
    }
}
