#if THREAD_SANITIZER
    import Glibc

    /// Stands in for Synchronization's `Mutex` where the thread sanitizer watches.
    ///
    /// That one is locked inside of a library of the toolchain, which the sanitizer does not see into: it takes every
    /// access under the lock for a race. Of this one it sees both the lock and the accesses.
    // What it points to is touched under the lock alone.
    package struct Mutex<Value: ~Copyable>: ~Copyable, @unchecked Sendable {
        private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        private let value: UnsafeMutablePointer<Value>

        /// A lock around `value`.
        package init(_ value: consuming sending Value) {
            pthread_mutex_init(lock, nil)
            self.value = .allocate(capacity: 1)
            self.value.initialize(to: value)
        }

        deinit {
            value.deinitialize(count: 1)
            value.deallocate()
            pthread_mutex_destroy(lock)
            lock.deallocate()
        }

        /// Lends the value to `body` while nobody else has it.
        package borrowing func withLock<Result: ~Copyable, Failure: Error>(
            _ body: (inout sending Value) throws(Failure) -> sending Result
        ) throws(Failure) -> sending Result {
            pthread_mutex_lock(lock)
            defer { pthread_mutex_unlock(lock) }
            return try body(&value.pointee)
        }
    }
#endif
