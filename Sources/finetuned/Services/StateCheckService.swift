import ServiceLifecycle
import Store

/// The look at the state that its opening left for later. A state that turns out to be damaged ends the daemon.
struct StateCheckService: Service {
    let store: StateStore

    func run() async throws {
        try await cancelWhenGracefulShutdown { try await store.finishOpening() }
        try await gracefulShutdown()
    }
}
