import NIOPosix

extension FinetuneClient {
    /// The threads that all clients of this process share. They are made when they are first used, and stay.
    static var threads: MultiThreadedEventLoopGroup { .singleton }

    /// Makes the threads that clients share now rather than with the first client.
    ///
    /// For a process that may run out of file descriptors: they take some, and without them the process would end.
    package static func makeThreads() {
        _ = threads.next()
    }
}
