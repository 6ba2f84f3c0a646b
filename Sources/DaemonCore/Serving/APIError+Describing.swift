import FinetuneAPI
import Identifiers
import Jobs
import LineTransport
import Store
import TrainingData

extension APIError {
    /// What a client is told of an error that came up while its request was answered.
    init(describing error: any Error) {
        switch error {
        case let error as APIError: self = error
        case let error as StoreError: self.init(error)
        case let error as DatabaseFileError: self.init(error)
        case let error as TrainingFileError: self = .storageDegraded(error.message, remedy: error.remedy)
        case let error as QueryFailure: self.init(error)
        case let error as FittingError:
            self = .invalidField("text", "the question cannot be asked: \(error)")
        case is CancellationError, is LineConnectionClosed:
            self.init(
                .streamEnded, "the request was ended by its connection", remedy: "Nothing: this was asked for.")
        default:
            self.init(
                .internalError, "the daemon failed to answer",
                remedy: "Look into the daemon's log, and report it as a defect.")
        }
    }

    private init(_ error: StoreError) {
        self.init(error.code, error.description, remedy: error.remedy, detail: error.detail)
    }

    private init(_ error: DatabaseFileError) {
        let code: ErrorCode =
            switch error {
            case .empty: .emptyDatabase
            case .missing, .notADatabase, .unreadable, .locked, .timedOut: .invalidDatabaseConnection
            }
        self.init(code, error.message, remedy: error.remedy)
    }

    static func storageDegraded(_ message: String, remedy: String) -> APIError {
        APIError(.storageDegraded, message, remedy: remedy)
    }

    /// The daemon is about to end.
    static func shuttingDown(resumeAfter sequence: Int? = nil) -> APIError {
        APIError(
            .shuttingDown, "the daemon is shutting down",
            remedy: sequence.map { "Connect again and go on with after=\($0)." } ?? "Connect again in a moment.",
            detail: sequence.map { ["resume_after": .number(JSONNumber($0))] } ?? [:])
    }

    /// The reader of a stream left so much unread for so long that the daemon ended it.
    static func streamLagged(resumeAfter number: Int) -> APIError {
        APIError(
            .streamLagged, "too much of the stream was not read for too long",
            remedy: "Read faster, and go on with after=\(number).",
            detail: ["resume_after": .number(JSONNumber(number))])
    }

    /// The peer's role is too small; the members of `groups` have one that is not.
    static func forbidden(needed: Role, caller: Caller, groups: [String]) -> APIError {
        let joining = groups.first.map { "add the user to the group \"\($0)\", or " } ?? ""
        return APIError(
            .forbidden,
            "this needs the role \(needed.rawValue), and user \(caller.peer.userID) is \(caller.role.rawValue)",
            remedy: "Have an administrator \(joining)give the user that role under access.users in the daemon's "
                + "configuration.",
            detail: [
                "role_needed": .string(needed.rawValue), "role": .string(caller.role.rawValue),
                "groups": .array(groups.map(JSONValue.string)),
            ])
    }
}

extension StoreError {
    fileprivate var code: ErrorCode {
        switch self {
        case .notFound(.databaseConnection, _): .databaseConnectionNotFound
        case .notFound(.tableDescription, _): .tableDescriptionNotFound
        case .notFound(.goldenRecord, _): .goldenRecordNotFound
        case .notFound(.finetuning, _): .finetuningNotFound
        case .notFound(.evaluation, _): .evaluationNotFound
        case .notFound(.prompt, _): .promptNotFound
        case .notFound(.sqlGeneration, _): .sqlGenerationNotFound
        case .aliasInUse, .tableAlreadyDescribed: .aliasInUse
        case .connectionInUse, .recordInUse, .finetuningInUse, .promotionOpen: .resourceInUse
        case .notSucceeded: .finetuningNotSucceeded
        case .noModel: .modelNotFound
        case .versionConflict: .versionConflict
        case .promotionRefused: .promotionRefused
        case .gateHolds: .forbidden
        case .nothingToRollBack: .nothingToRollBack
        case .foreignConnection: .invalidGoldenRecord
        case .inProgress: .finetuningInProgress
        case .evaluationInProgress: .evaluationInProgress
        case .evaluationOver: .evaluationNotCancellable
        case .idempotencyConflict: .idempotencyConflict
        case .overBudget(let refusal): refusal.code
        case .degraded: .storageDegraded
        case .closed: .shuttingDown
        case .inaccessible, .corrupt, .newerVersion, .locked, .refused: .internalError
        }
    }

    fileprivate var detail: JSONValue {
        switch self {
        case .notFound(_, let id), .connectionInUse(let id, _), .inProgress(let id), .evaluationInProgress(let id),
            .evaluationOver(let id, _), .foreignConnection(let id), .recordInUse(let id, _), .notSucceeded(let id):
            ["id": .string(id.description)]
        case .finetuningInUse(let id, let alias), .promotionOpen(let id, let alias):
            ["id": .string(id.description), "alias": .string(alias.rawValue)]
        case .aliasInUse(_, let alias): ["alias": .string(alias)]
        case .noModel(let alias), .nothingToRollBack(let alias), .gateHolds(let alias):
            ["alias": .string(alias.rawValue)]
        case .versionConflict(let alias, let present):
            ["alias": .string(alias.rawValue), "version": .number(JSONNumber(present))]
        case .promotionRefused(let refusal): refusal.detail
        case .idempotencyConflict(let key): ["idempotency_key": .string(key)]
        case .overBudget(let refusal): refusal.detail
        case .tableAlreadyDescribed(let name): ["table_name": .string(name)]
        case .degraded, .inaccessible, .corrupt, .newerVersion, .locked, .refused, .closed: [:]
        }
    }
}
