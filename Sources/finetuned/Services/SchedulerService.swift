import DaemonCore
import ServiceLifecycle

/// The job scheduler, from the first job that it takes up to the last that it lets go of.
struct SchedulerService: Service {
    let scheduler: JobScheduler

    func run() async throws {
        try await scheduler.run()
    }
}
