#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
import LineTransport
import Providers
import Store

/// Why the daemon did not start, or could not go on: what is printed, and what systemd is told.
struct StartFailure: Error {
    let message: String
    let remedy: String
    let kind: Kind

    /// What has to be mended, as sysexits.h sorts it: this tells systemd whether another try may help.
    enum Kind {
        /// The configuration or the state; another try does not help.
        case configuration
        /// Another process has what is needed, and may give it up.
        case taken
        /// The disk.
        case disk
        /// Something that is not installed.
        case missingLibrary
        /// The permissions of a file or directory.
        case permissions
        /// The daemon itself.
        case defect

        /// What the process ends with.
        var exitCode: Int32 {
            switch self {
            case .configuration: EX_CONFIG
            case .taken: EX_TEMPFAIL
            case .disk: EX_IOERR
            case .missingLibrary: EX_UNAVAILABLE
            case .permissions: EX_CANTCREAT
            case .defect: EX_SOFTWARE
            }
        }

        /// The error number that comes nearest, for `ERRNO=` and so for `systemctl status`.
        var errorNumber: Int32 {
            switch self {
            case .configuration: EINVAL
            case .taken: EBUSY
            case .disk: EIO
            case .missingLibrary: ENOPKG
            case .permissions: EACCES
            case .defect: ENOTRECOVERABLE
            }
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
            StartFailure(message: error.description, remedy: error.remedy, kind: .configuration)
        case let error as TransportUnavailable:
            StartFailure(message: "\(error)", remedy: "Check that libcurl is installed.", kind: .missingLibrary)
        default: error
        }
    }
}

extension StartFailure {
    /// Whatever else ends the daemon: a fault of its own.
    init(unexpected error: any Error) {
        self.init(
            message: "\(error)", remedy: "Report this as a defect, with the messages before it.", kind: .defect)
    }

    /// The configuration, of which nothing is in effect.
    init(_ error: InvalidConfiguration) {
        self.init(
            message: "the configuration is not right:\n\(error)",
            remedy: "Correct it; finetuned --check-configuration tells whether it is right.", kind: .configuration)
    }

    /// The socket unit passes a socket that the daemon could not ask itself on.
    static var socketWithoutPath: StartFailure {
        StartFailure(
            message: "the socket that systemd passes has no path in the file system",
            remedy: "Set ListenStream= of finetuned.socket to a path.", kind: .configuration)
    }

    /// The state could not be opened.
    init(_ error: StoreError) {
        let kind: Kind =
            switch error {
            case .corrupt, .newerVersion: .configuration
            case .locked: .taken
            case .degraded: .disk
            case .inaccessible: .permissions
            case .notFound, .aliasInUse, .tableAlreadyDescribed, .connectionInUse, .recordInUse, .foreignConnection,
                .inProgress, .evaluationInProgress, .finetuningInUse, .notSucceeded, .noModel, .versionConflict,
                .promotionRefused, .nothingToRollBack, .overBudget, .idempotencyConflict, .refused, .closed:
                .defect
            }
        self.init(message: error.description, remedy: error.remedy, kind: kind)
    }

    /// The socket could not be bound.
    init(_ error: ListenerError) {
        self.init(message: error.description, remedy: error.remedy, kind: .taken)
    }
}
