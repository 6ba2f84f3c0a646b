#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The directory that the socket stands in.
enum SocketDirectory {
    /// Makes it where it is missing and its own parent is there: systemd makes /run/finetuned for the system's
    /// daemon, nobody makes it for a user's. Throws `StartFailure`.
    static func prepare(for socket: String) throws {
        guard let end = socket.lastIndex(of: "/"), end > socket.startIndex else { return }
        let directory = String(socket[..<end])
        guard mkdir(directory, 0o755) == 0 || errno == EEXIST else {
            throw StartFailure(
                message: "the socket's directory \(directory) cannot be made: \(String(cString: strerror(errno)))",
                remedy: "Make it, or name another place with --socket.", kind: .permissions)
        }
    }
}
