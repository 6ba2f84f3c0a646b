import Glibc

/// A listening Unix stream socket, before an event loop has it.
struct ListeningSocket {
    let descriptor: CInt
    /// The path and its lock, if this process bound them; a socket handed over belongs to whoever did.
    let ownPath: OwnedSocketPath?

    /// Binds `path` and listens.
    ///
    /// A file lock beside the socket keeps two daemons from starting at once; a socket file that is left over from
    /// a process that died is replaced, one that somebody answers on is not. The mode is set before anyone can
    /// connect.
    static func bind(path: String, mode: mode_t) throws(ListenerError) -> ListeningSocket {
        guard let address = UnixSocketAddress(path: path) else { throw .pathTooLong(path: path) }
        let ownPath = try OwnedSocketPath.claim(path, address: address)
        do throws(SystemError) {
            return ListeningSocket(descriptor: try listen(on: address, path: path, mode: mode), ownPath: ownPath)
        } catch {
            ownPath.release()
            throw .system(path: path, error)
        }
    }

    /// Throws if a socket could not be bound to `path` now.
    static func check(path: String) throws(ListenerError) {
        guard let address = UnixSocketAddress(path: path) else { throw .pathTooLong(path: path) }
        _ = try OwnedSocketPath.hasStaleSocket(path, address: address)
    }

    /// Takes a socket that already listens, as systemd hands it over.
    static func adopt(descriptor: CInt) throws(ListenerError) -> ListeningSocket {
        guard isListening(descriptor) else { throw .notListening(descriptor: descriptor) }
        return ListeningSocket(descriptor: descriptor, ownPath: nil)
    }

    /// How many clients may wait to be accepted: as many as the system allows, so that a burst of short
    /// connections is not turned away.
    static let backlog = CInt.max

    private static func listen(
        on address: UnixSocketAddress, path: String, mode: mode_t
    ) throws(SystemError) -> CInt {
        let descriptor = try UnixSocketAddress.makeSocket()
        do throws(SystemError) {
            try address.bind(descriptor)
            guard chmod(path, mode) == 0 else { throw SystemError(operation: "chmod") }
            guard Glibc.listen(descriptor, backlog) == 0 else { throw SystemError(operation: "listen") }
            return descriptor
        } catch {
            close(descriptor)
            throw error
        }
    }

    private static func isListening(_ descriptor: CInt) -> Bool {
        option(SO_ACCEPTCONN, of: descriptor) == 1 && option(SO_DOMAIN, of: descriptor) == AF_UNIX
            && option(SO_TYPE, of: descriptor) == CInt(SOCK_STREAM.rawValue)
    }

    private static func option(_ name: CInt, of descriptor: CInt) -> CInt? {
        var value: CInt = 0
        var length = socklen_t(MemoryLayout<CInt>.size)
        return getsockopt(descriptor, SOL_SOCKET, name, &value, &length) == 0 ? value : nil
    }
}
