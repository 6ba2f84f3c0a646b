private import Glibc

/// A socket's path that this process alone may bind, as long as it holds the lock beside it.
struct OwnedSocketPath {
    let path: String
    private let lock: CInt

    /// Takes the lock and clears the path of a socket that nobody answers on.
    static func claim(_ path: String, address: UnixSocketAddress) throws(ListenerError) -> OwnedSocketPath {
        let owned = OwnedSocketPath(path: path, lock: try takeLock(path))
        do throws(ListenerError) {
            try removeStaleSocket(path, address: address)
            return owned
        } catch {
            close(owned.lock)
            throw error
        }
    }

    /// Removes the socket and gives up the lock. The lock's file stays: removing it would let two processes hold
    /// locks on different files of the same name.
    func release() {
        unlink(path)
        // Closing alone would leave the lock to a child that was just forked and has not started its program yet.
        flock(lock, LOCK_UN)
        close(lock)
    }

    private static func takeLock(_ path: String) throws(ListenerError) -> CInt {
        let descriptor = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(path: path, SystemError(operation: "open lock file")) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let error = SystemError(operation: "flock")
            close(descriptor)
            throw error.number == EWOULDBLOCK ? .inUse(path: path) : .system(path: path, error)
        }
        return descriptor
    }

    private static func removeStaleSocket(_ path: String, address: UnixSocketAddress) throws(ListenerError) {
        guard try hasStaleSocket(path, address: address) else { return }
        guard unlink(path) == 0 else { throw .system(path: path, SystemError(operation: "unlink")) }
    }

    /// Whether a socket is there that nobody answers on. Throws if somebody does, and if it is something else.
    static func hasStaleSocket(_ path: String, address: UnixSocketAddress) throws(ListenerError) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            guard errno == ENOENT else { throw .system(path: path, SystemError(operation: "stat")) }
            return false
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path: path) }
        guard try !isAnswered(path, address: address) else { throw .inUse(path: path) }
        return true
    }

    private static func isAnswered(_ path: String, address: UnixSocketAddress) throws(ListenerError) -> Bool {
        do throws(SystemError) {
            let descriptor = try UnixSocketAddress.makeSocket()
            defer { close(descriptor) }
            try address.connect(descriptor)
            return true
        } catch {
            // EAGAIN: a live daemon whose backlog is full.
            switch error.number {
            case ECONNREFUSED, ENOENT: return false
            case EAGAIN: return true
            default: throw .system(path: path, error)
            }
        }
    }
}
