#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A connected Unix stream socket that does not block.
final class UnixSocket {
    let descriptor: Int32

    /// Throws `SystemCallError`.
    init(path: String) throws(SystemCallError) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw SystemCallError(call: "connect", number: ENAMETOOLONG)
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw SystemCallError(call: "socket") }
        let connected = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard connected == 0 else { throw SystemCallError(call: "connect") }
        guard fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0 else { throw SystemCallError(call: "fcntl") }
    }

    deinit {
        close(descriptor)
    }

    /// How many bytes came; none if there are none yet.
    func receive(into space: UnsafeMutableRawBufferPointer) throws(SystemCallError) -> Int {
        let count = read(descriptor, space.baseAddress, space.count)
        if count > 0 { return count }
        if count < 0, errno == EAGAIN { return 0 }
        throw count == 0 ? SystemCallError(call: "read", number: ECONNRESET) : SystemCallError(call: "read")
    }

    /// How many of the bytes were taken; none if there is no room.
    func send(_ bytes: UnsafeRawBufferPointer) throws(SystemCallError) -> Int {
        let count = write(descriptor, bytes.baseAddress, bytes.count)
        if count >= 0 { return count }
        if errno == EAGAIN { return 0 }
        throw SystemCallError(call: "write")
    }
}

/// A system call that failed.
struct SystemCallError: Error, CustomStringConvertible {
    let call: String
    let number: Int32

    init(call: String, number: Int32 = errno) {
        self.call = call
        self.number = number
    }

    var description: String { "\(call): \(String(cString: strerror(number)))" }
}
