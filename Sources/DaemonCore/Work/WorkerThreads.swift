package import LineTransport
import NIOCore
import NIOPosix

/// Threads that may wait for disks and databases, so that nobody else has to.
package final class WorkerThreads: Sendable {
    private let group: MultiThreadedEventLoopGroup

    /// Starts so many threads, for long work unless told otherwise.
    package init(count: Int = 4, _ scheduling: ThreadScheduling = .patient) {
        group = MultiThreadedEventLoopGroup(numberOfThreads: count)
        for loop in group.makeIterator() { loop.execute { scheduling.apply() } }
    }

    /// The thread for the next actor whose work blocks; each in turn.
    func next() -> Worker {
        Worker(loop: group.next())
    }

    /// Runs one piece of work that blocks.
    func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await group.next().submit(work).get()
    }

    /// Ends the threads after the work that they have.
    package func shutdown() async throws {
        try await group.shutdownGracefully()
    }
}

/// One thread that may wait: the executor of actors whose work blocks.
struct Worker: Sendable {
    private let loop: any EventLoop

    fileprivate init(loop: any EventLoop) {
        self.loop = loop
    }

    var executor: UnownedSerialExecutor { loop.executor.asUnownedSerialExecutor() }

    /// What has a task go on at this thread, wherever no actor says otherwise.
    var taskExecutor: any TaskExecutor { WorkerTaskExecutor(loop: loop) }
}

/// Runs tasks on a worker's thread.
private final class WorkerTaskExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(loop: any EventLoop) {
        self.loop = loop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
