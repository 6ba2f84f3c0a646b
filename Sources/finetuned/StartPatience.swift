import Logging
import Store
import Systemd

/// Keeps the service manager patient while the state is opened: to check, copy and migrate it takes as long as it is
/// large, and a start that is cut off in the middle begins anew.
struct StartPatience: Sendable {
    private static let interval = Duration.seconds(10)
    private static let patience = Duration.seconds(60)

    let manager: ServiceManager
    let logger: Logger

    /// Opens a state, and asks the manager for more time again and again until that is done.
    func open(directory: String) async throws(StoreError) -> StateStore {
        let reminders = Task {
            repeat {
                manager.tell(.extendTimeout(Self.patience))
            } while await pause(for: Self.interval)
        }
        defer { reminders.cancel() }
        return try await StateStore.open(directory: directory) { step in
            logger.info("\(step.inWords)")
            manager.tell(.status(step.inWords), .extendTimeout(Self.patience))
        }
    }
}

extension StateStore.OpeningStep {
    fileprivate var inWords: String {
        switch self {
        case .checking: "checking the state"
        case .backingUp: "backing the state up before it is migrated"
        case .migrating(let names): "migrating the state: \(names.joined(separator: "; "))"
        case .making: "making a new state"
        }
    }
}
