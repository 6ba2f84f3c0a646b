import ServiceLifecycle

/// Keeps the line of `systemctl status` true.
struct StatusService: Service {
    private static let interval = Duration.seconds(1)

    let status: ServiceStatus

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while await pause(for: Self.interval) { await status.tell() }
        }
    }
}
