#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
import LineTransport
import Providers
import Store

/// Why the daemon did not start, or could not go on: what is printed, and the exit code that tells systemd whether
/// another try may help (sysexits.h), with the error number that comes nearest, for `systemctl status`.
struct StartFailure: Error {
    let message: String
    let remedy: String
    let exitCode: Int32

    /// What systemd is told with `ERRNO=`.
    var errorNumber: Int32 {
        switch exitCode {
        case EX_CONFIG: EINVAL
        case EX_TEMPFAIL: EBUSY
        case EX_IOERR: EIO
        case EX_UNAVAILABLE: ENOPKG
        case EX_CANTCREAT: EACCES
        default: ENOTRECOVERABLE
        }
    }

    /// Runs one step of the daemon's life, and turns its error into one that a person can act on.
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
        case let error as ListenerError: StartFailure(error)
        case let error as SecretBoxError:
            StartFailure(message: error.description, remedy: error.remedy, exitCode: EX_CONFIG)
        case let error as TransportUnavailable:
            StartFailure(message: "\(error)", remedy: "Check that libcurl is installed.", exitCode: EX_UNAVAILABLE)
        default: error
        }
    }
}

extension StartFailure {
    /// Whatever else ends the daemon: a fault of its own.
    init(unexpected error: any Error) {
        self.init(
            message: "\(error)", remedy: "Report this as a defect, with the messages before it.", exitCode: EX_SOFTWARE)
    }

    /// The configuration, of which nothing is in effect.
    init(_ error: InvalidConfiguration) {
        self.init(
            message: "the configuration is not right:\n\(error)",
            remedy: "Correct it; finetuned --check-configuration tells whether it is right.", exitCode: EX_CONFIG)
    }

    /// The socket unit passes a socket that the daemon could not ask itself on.
    static var socketWithoutPath: StartFailure {
        StartFailure(
            message: "the socket that systemd passes has no path in the file system",
            remedy: "Set ListenStream= of finetuned.socket to a path.", exitCode: EX_CONFIG)
    }

    /// The state could not be opened.
    init(_ error: StoreError) {
        let code =
            switch error {
            case .corrupt, .newerVersion: EX_CONFIG
            case .locked: EX_TEMPFAIL
            case .degraded: EX_IOERR
            case .notFound, .aliasInUse, .tableAlreadyDescribed, .connectionInUse, .recordInUse,
                .foreignConnection, .inProgress, .evaluationInProgress, .evaluationOver, .finetuningInUse,
                .promotionOpen, .gateHolds,
                .notSucceeded, .noModel, .versionConflict, .promotionRefused, .nothingToRollBack, .overBudget,
                .idempotencyConflict, .refused, .closed:
                EX_SOFTWARE
            }
        self.init(message: error.description, remedy: error.remedyAtStart, exitCode: code)
    }

    /// The socket could not be bound.
    init(_ error: ListenerError) {
        self.init(message: error.description, remedy: error.remedy, exitCode: EX_TEMPFAIL)
    }
}

extension StoreError {
    // What goes on by itself while the daemon runs does not where it ends.
    fileprivate var remedyAtStart: String {
        if case .degraded = self { "Free space, or mend the file system, and start it again." } else { remedy }
    }
}
