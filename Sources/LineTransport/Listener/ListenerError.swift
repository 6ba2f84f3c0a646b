/// Why a listener could not take its socket's path.
package enum ListenerError: Error, Equatable {
    /// A socket's path has at most `UnixSocketAddress.maximumPathBytes` (unix(7)).
    case pathTooLong(path: String)
    /// Another process listens there, or is about to.
    case inUse(path: String)
    /// Something that is no socket has that name, and is left alone.
    case notASocket(path: String)
    /// A descriptor that was handed over is no listening Unix stream socket.
    case notListening(descriptor: Int32)
    /// The system refused.
    case system(path: String, SystemError)
}

extension ListenerError: CustomStringConvertible {
    /// What is wrong, in one sentence.
    package var description: String {
        switch self {
        case .pathTooLong(let path):
            """
            The socket path \(path) has \(path.utf8.count) bytes; at most \(UnixSocketAddress.maximumPathBytes) fit.
            """
        case .inUse(let path): "Another process already serves \(path)."
        case .notASocket(let path): "\(path) exists and is not a socket."
        case .notListening(let descriptor): "File descriptor \(descriptor) is not a listening Unix stream socket."
        case .system(let path, let error): "Cannot listen on \(path): \(error)."
        }
    }

    /// What to do about it.
    package var remedy: String {
        switch self {
        case .pathTooLong: "Choose a shorter path."
        case .inUse: "Stop that process, or choose another path for this one."
        case .notASocket: "Move that file away, or choose another path."
        case .notListening: "Check the socket unit: ListenStream= must name a path."
        case .system: "Check that the directory exists and that this user may write to it."
        }
    }
}
