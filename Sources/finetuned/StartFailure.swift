#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
import LineTransport
import Providers
import Store

/// Why the daemon did not start, or could not go on: what is printed, and the exit code that tells systemd whether
/// another try may help (sysexits.h).
struct StartFailure: Error {
    let message: String
    let remedy: String
    let exitCode: Int32

    /// Runs one step of the start, and turns its error into one that a person can act on.
    static func explaining<Value, Failure: Error>(_ step: () throws(Failure) -> Value) throws -> Value {
        do {
            return try step()
        } catch {
            throw Self.failure(error)
        }
    }

    /// The same, for a step that waits.
    static func explaining<Value, Failure: Error>(_ step: () async throws(Failure) -> Value) async throws -> Value {
        do {
            return try await step()
        } catch {
            throw Self.failure(error)
        }
    }

    private static func failure(_ error: any Error) -> any Error {
        switch error {
        case let error as StoreError: StartFailure(error)
        case let error as SecretBoxError:
            StartFailure(message: error.description, remedy: error.remedy, exitCode: EX_CONFIG)
        case let error as TransportUnavailable:
            StartFailure(message: "\(error)", remedy: "Check that libcurl is installed.", exitCode: EX_UNAVAILABLE)
        default: error
        }
    }
}

extension StartFailure {
    /// The state could not be opened.
    init(_ error: StoreError) {
        let code =
            switch error {
            case .corrupt, .newerVersion: EX_CONFIG
            case .locked: EX_TEMPFAIL
            case .degraded: EX_IOERR
            case .notFound, .aliasInUse, .tableAlreadyDescribed, .connectionInUse, .recordInUse, .foreignConnection,
                .inProgress, .finetuningInUse, .notSucceeded, .noModel, .versionConflict, .nothingToRollBack,
                .idempotencyConflict, .refused, .closed:
                EX_SOFTWARE
            }
        self.init(message: error.description, remedy: error.remedy, exitCode: code)
    }

    /// The socket could not be bound.
    init(_ error: ListenerError) {
        self.init(message: error.description, remedy: error.remedy, exitCode: EX_TEMPFAIL)
    }
}
