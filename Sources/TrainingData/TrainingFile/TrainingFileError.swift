#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Why a training file could not be written.
package enum TrainingFileError: Error, Hashable, Sendable {
    /// The disk is full, or the daemon's quota on it is used up.
    case diskFull(path: String, errno: Int32)
    /// An operation on the file failed; `errno` says how.
    case failed(Operation, path: String, errno: Int32)

    /// What was being done to the file.
    package enum Operation: String, Hashable, Sendable {
        case create, write, synchronize, rename
    }

    init(_ operation: Operation, path: String, errno code: Int32) {
        let isFull = code == ENOSPC || code == EDQUOT
        self = isFull ? .diskFull(path: path, errno: code) : .failed(operation, path: path, errno: code)
    }
}

extension TrainingFileError {
    /// What is wrong, in a sentence without a full stop.
    package var message: String {
        switch self {
        case .diskFull(let path, let code): "no space is left for \(path): \(Self.text(of: code))"
        case .failed(let operation, let path, let code):
            "could not \(operation.rawValue) \(path): \(Self.text(of: code))"
        }
    }

    /// What to do about it.
    package var remedy: String {
        switch self {
        case .diskFull: "Free space on the disk that holds the state directory."
        case .failed: "Check that the state directory exists and that the daemon may write to it."
        }
    }

    private static func text(of code: Int32) -> String {
        String(cString: strerror(code))
    }
}

extension TrainingFileError: CustomStringConvertible {
    /// The message.
    package var description: String { message }
}
