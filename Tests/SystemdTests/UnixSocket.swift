import Glibc

/// A Unix socket bound to a name in the abstract namespace: no file to remove.
struct UnixSocket {
    enum Kind {
        case datagram
        case listeningStream
    }

    let descriptor: Int32
    /// As `NOTIFY_SOCKET` takes it: `@` for the zero byte at the front.
    let name: String

    init(_ kind: Kind) throws {
        name = "@finetuned-test-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        let type = kind == .datagram ? SOCK_DGRAM : SOCK_STREAM
        descriptor = try Self.check(socket(AF_UNIX, Int32(type.rawValue), 0))
        try bind()
        if kind == .listeningStream { _ = try Self.check(listen(descriptor, 8)) }
    }

    private func bind() throws {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { path in
            path.copyBytes(from: [0] + name.utf8.dropFirst())
        }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.utf8.count)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.bind(descriptor, $0, length) }
        }
        _ = try Self.check(result)
    }

    /// The next datagram's text. It has been sent already, so this does not wait.
    func received() throws -> String {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = try Self.check(Int32(recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))))
        return String(decoding: bytes.prefix(Int(count)), as: UTF8.self)
    }

    private static func check(_ result: Int32) throws -> Int32 {
        guard result >= 0 else { throw Failure(errorNumber: errno) }
        return result
    }

    struct Failure: Error {
        let errorNumber: Int32
    }
}
