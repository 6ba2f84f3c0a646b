import FinetuneAPI
import Glibc

/// A connection to the daemon that sends any bytes.
final class SocketConnection {
    private static let patience: CInt = 30_000

    private let descriptor: CInt
    private var received: [UInt8] = []

    init(_ path: String) throws {
        descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw Violation("\(path) is too long for a socket's path")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else { throw Violation("no daemon answers on \(path)") }
    }

    func close() {
        Glibc.close(descriptor)
    }

    /// Sends all of it, and reads meanwhile: a daemon whose replies nobody takes takes no requests.
    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let ready = try wait(for: POLLIN | POLLOUT)
            if ready & POLLIN != 0 { try receive() }
            guard ready & POLLOUT != 0 else { continue }
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL) | CInt(MSG_DONTWAIT))
            }
            guard count >= 0 || errno == EAGAIN else { throw Violation("the daemon has closed the connection") }
            sent += max(0, count)
        }
    }

    /// Reads replies until `isLast` says so.
    func readReplies(_ isLast: (Reply) -> Bool) throws {
        while true {
            while let end = received.firstIndex(of: UInt8(ascii: "\n")) {
                let reply = try received[..<end].withUnsafeBufferPointer { try Reply(line: $0) }
                received.removeSubrange(...end)
                if isLast(reply) { return }
            }
            _ = try wait(for: POLLIN)
            try receive()
        }
    }

    private func wait(for events: CInt) throws -> CInt {
        var waiting = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        guard poll(&waiting, 1, Self.patience) > 0 else { throw Violation("the daemon does not answer") }
        return CInt(waiting.revents)
    }

    private func receive() throws {
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 16) { memory, count in
            let result = recv(descriptor, memory.baseAddress, memory.count, 0)
            failed = result <= 0
            count = max(0, result)
        }
        guard !failed else { throw Violation("the daemon has closed the connection") }
        received += bytes
    }
}
