#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
import Synchronization

/// The claim of one process to a state directory, given up when this goes away or the process ends, however it ends.
///
/// A lock of the kernel's, so there is nothing stale to clean up after a crash. The file's text, the holder's
/// process id, only serves the message that a second process gets.
final class StateLock: Sendable {
    private let file: Mutex<Int32?>

    /// Claims the directory at once or not at all.
    init(_ directory: StateDirectory) throws(StoreError) {
        let file = open(directory.lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw StoreError(failing: directory.lockPath) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            defer { close(file) }
            guard errno == EWOULDBLOCK else { throw StoreError(failing: directory.lockPath) }
            throw .locked(directory: directory.path, processID: Self.holder(of: file))
        }
        Self.sign(file)
        self.file = Mutex(file)
    }

    deinit {
        release()
    }

    /// Gives the claim up, once.
    func release() {
        file.withLock { file in
            guard let held = file else { return }
            // Closing alone would leave it to a child that was just forked and has not started its program yet.
            flock(held, LOCK_UN)
            close(held)
            file = nil
        }
    }

    // A lock without a signature is a lock all the same: a full disk must not keep the daemon from reading.
    private static func sign(_ file: Int32) {
        let signature = Array("\(getpid())\n".utf8)
        _ = ftruncate(file, 0)
        _ = pwrite(file, signature, signature.count, 0)
    }

    private static func holder(of file: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(file, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: bytes[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
}
