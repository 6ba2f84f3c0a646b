import NIOCore
import NIOPosix
import Synchronization

/// Threads that may wait for disks and databases, so that nobody else has to.
package final class WorkerThreads: Sendable {
    private let group: MultiThreadedEventLoopGroup

    /// Starts so many threads.
    package init(count: Int = 4) {
        group = MultiThreadedEventLoopGroup(numberOfThreads: count)
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
}
