import DaemonCore
import Logging
import ServiceLifecycle
import Systemd

/// Tells the service manager that the daemon is well, each time that it is found to be so: a request went through its
/// own socket and back, a write reached the disk, and the scheduler looked for work.
///
/// Nothing here gives up waiting. If one of these is stuck, so is this, and the manager, which hears nothing more,
/// ends the process and starts another.
struct WatchdogService: Service {
    /// The parts that have to show that they live.
    private enum Part {
        case socket
        case inside(DaemonPart)

        var name: String {
            switch self {
            case .socket: "socket"
            case .inside(let part): part.rawValue
            }
        }
    }

    private static let parts = [Part.socket, .inside(.store), .inside(.scheduler)]

    /// The longest time that the manager waits.
    let interval: Duration
    let socket: DaemonSocket
    let daemon: Daemon
    let manager: ServiceManager
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while await pause(for: interval / 4) {
                if await allShowLife() { manager.tell(.watchdog) }
            }
        }
    }

    private func allShowLife() async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            for part in Self.parts { group.addTask { await showsLife(part) } }
            return await group.allSatisfy { $0 }
        }
    }

    private func showsLife(_ part: Part) async -> Bool {
        // Ends with this function.
        async let _: Void = warn(of: part)
        do {
            switch part {
            case .socket: try await socket.ask()
            case .inside(let part): try await daemon.signOfLife(of: part)
            }
            return true
        } catch {
            if !Task.isCancelled { tell(of: part, "fails: \(error)") }
            return false
        }
    }

    private func warn(of part: Part) async {
        if await pause(for: interval / 4) { tell(of: part, "gives no sign of life") }
    }

    private func tell(of part: Part, _ trouble: String) {
        logger.log(
            .watchdogUnanswered, level: .error,
            "the \(part.name) \(trouble); the watchdog is not told that all is well",
            also: ["part": "\(part.name)"])
    }
}
