private import Glibc

/// The address of a Unix domain socket that has a path.
package struct UnixSocketAddress {
    private let address: sockaddr_un

    /// The most bytes in a path: `sun_path` has 108, and the last is zero.
    package static let maximumPathBytes = 107

    /// `nil` if the path is empty or too long.
    init?(path: String) {
        guard (1...Self.maximumPathBytes).contains(path.utf8.count) else { return nil }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        self.address = address
    }

    /// A new stream socket that does not block and is closed on exec.
    static func makeSocket() throws(SystemError) -> CInt {
        let type = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        let descriptor = socket(AF_UNIX, CInt(type), 0)
        guard descriptor >= 0 else { throw SystemError(operation: "socket") }
        return descriptor
    }

    func bind(_ descriptor: CInt) throws(SystemError) {
        try call("bind") { Glibc.bind(descriptor, $0, $1) }
    }

    func connect(_ descriptor: CInt) throws(SystemError) {
        try call("connect") { Glibc.connect(descriptor, $0, $1) }
    }

    private func call(
        _ operation: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt
    ) throws(SystemError) {
        let result = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                body(address, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else { throw SystemError(operation: operation) }
    }
}
