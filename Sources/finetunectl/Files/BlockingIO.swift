import Dispatch

/// Where files are read and output is written: one queue of its own, so that a slow disk or a full pipe holds up
/// no thread that others need.
@globalActor
actor BlockingIO {
    static let shared = BlockingIO()

    private static let executor = QueueExecutor()

    static var sharedUnownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    nonisolated var unownedExecutor: UnownedSerialExecutor { Self.sharedUnownedExecutor }
}

/// Runs an actor's jobs on a dispatch queue, one after the other.
private final class QueueExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "finetunectl.blocking-io")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async {
            job.runSynchronously(on: self.asUnownedSerialExecutor())
        }
    }
}
