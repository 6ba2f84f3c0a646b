import CSystemd

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The sockets that the service manager opened for this process: see sd_listen_fds(3).
package struct ListenDescriptors: Hashable, Sendable {
    private let descriptors: [String: Int32]

    /// Takes over the sockets that were passed. To be called once, at the start: it removes the variables that
    /// tell of them, so that no child process takes them for its own.
    package init() throws(SystemdError) {
        var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        let count = try SystemdError.check(sd_listen_fds_with_names(1, &names), "sd_listen_fds_with_names")
        defer { Self.release(names) }
        var descriptors: [String: Int32] = [:]
        for index in 0..<Int(count) {
            guard let name = names?[index] else { break }
            descriptors[String(cString: name)] = SD_LISTEN_FDS_START + Int32(index)
        }
        self.descriptors = descriptors
    }

    /// Whether none was passed: the daemon then opens its socket itself.
    package var isEmpty: Bool { descriptors.isEmpty }

    /// The names that the sockets carry: `FileDescriptorName=` of the socket unit, else the unit's own name.
    package var names: [String] { descriptors.keys.sorted() }

    /// A listening Unix stream socket.
    package struct ListeningSocket: Hashable, Sendable {
        /// The socket.
        package let descriptor: Int32
        /// Where clients connect to it; empty where it has no path.
        package let path: String
    }

    /// The listening Unix stream socket of this name; `nil` if none was passed.
    ///
    /// Throws `ENOTSOCK` if what was passed is anything else: the socket unit is then not the daemon's.
    package func listeningSocket(named name: String) throws(SystemdError) -> ListeningSocket? {
        guard let descriptor = descriptors[name] else { return nil }
        let call = "descriptor \(descriptor), passed as \(name)"
        let isListening = try SystemdError.check(
            sd_is_socket_unix(descriptor, Int32(SOCK_STREAM.rawValue), 1, nil, 0), call)
        guard isListening > 0 else { throw SystemdError(call, errorNumber: ENOTSOCK) }
        return ListeningSocket(descriptor: descriptor, path: Self.path(of: descriptor))
    }

    // A name in the abstract namespace begins with a zero byte, and so reads as no path.
    private static func path(of descriptor: Int32) -> String {
        var address = sockaddr_un()
        var length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        guard result == 0 else { return "" }
        return withUnsafeBytes(of: address.sun_path) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    private static func release(_ names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) {
        guard let names else { return }
        var index = 0
        while let name = names[index] {
            free(name)
            index += 1
        }
        free(names)
    }
}
