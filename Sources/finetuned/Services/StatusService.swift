import ServiceLifecycle

/// Keeps the line of `systemctl status` true.
struct StatusService: Service {
    private static let interval = Duration.seconds(5)

    let status: ServiceStatus

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while await pause() { await status.tell() }
        }
    }

    private func pause() async -> Bool {
        do {
            try await Task.sleep(for: Self.interval)
            return true
        } catch {
            return false
        }
    }
}
