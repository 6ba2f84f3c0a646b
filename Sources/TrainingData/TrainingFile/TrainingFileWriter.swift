internal import Crypto

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Writes a training file, some lines at a time.
///
/// The file appears under its name only once it is complete and on disk; until then its bytes are in a file beside
/// it, whose name ends in `.partial`, which a writer of the same path that comes later replaces. The same examples
/// in the same order make the same bytes. It blocks: use it on a thread that may wait, and on one at a time.
package final class TrainingFileWriter {
    private let path: String
    private let partialPath: String
    private var descriptor: Int32?
    private var hash = SHA256()
    private var writtenByteCount = 0
    private var exampleCount = 0

    /// Starts the file at `path`, readable and writable by the daemon's user alone.
    package init(path: String) throws(TrainingFileError) {
        self.path = path
        partialPath = path + ".partial"
        unlink(partialPath)
        let opened = open(partialPath, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR)
        guard opened >= 0 else { throw TrainingFileError(.create, path: path, errno: errno) }
        descriptor = opened
    }

    deinit {
        discard()
    }

    /// Adds the next lines.
    package func append(_ lines: TrainingLines) throws(TrainingFileError) {
        let descriptor = openDescriptor
        lines.bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        var offset = 0
        while offset < lines.bytes.count {
            let count = lines.bytes.withUnsafeBytes { bytes in
                write(descriptor, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
            }
            if count < 0 {
                guard errno == EINTR else { throw TrainingFileError(.write, path: path, errno: errno) }
            } else {
                offset += count
            }
        }
        writtenByteCount += lines.bytes.count
        exampleCount += lines.count
    }

    /// Makes the file durable and gives it its name. Nothing may be appended afterwards.
    package func finish() throws(TrainingFileError) -> TrainingFile {
        let descriptor = openDescriptor
        guard fsync(descriptor) == 0 else { throw TrainingFileError(.synchronize, path: path, errno: errno) }
        self.descriptor = nil
        // Some file systems tell only here that there was no space for what was written.
        guard close(descriptor) == 0 else { throw failed(.write) }
        guard rename(partialPath, path) == 0 else { throw failed(.rename) }
        try synchronizeFolder()
        return TrainingFile(
            path: path, byteCount: writtenByteCount, exampleCount: exampleCount, sha256: hash.finalize().hexadecimal)
    }

    /// Gives up an unfinished file and removes what was written of it. After `finish()` it does nothing.
    package func discard() {
        guard let descriptor else { return }
        self.descriptor = nil
        close(descriptor)
        unlink(partialPath)
    }
}

extension TrainingFileWriter {
    private var openDescriptor: Int32 {
        guard let descriptor else { preconditionFailure("the training file is already finished or discarded") }
        return descriptor
    }

    private func failed(_ operation: TrainingFileError.Operation) -> TrainingFileError {
        let code = errno
        unlink(partialPath)
        return TrainingFileError(operation, path: path, errno: code)
    }

    // A rename is durable once the folder that holds the name is.
    private func synchronizeFolder() throws(TrainingFileError) {
        let end = path.lastIndex(of: "/").map { $0 == path.startIndex ? path.index(after: $0) : $0 }
        let folder = open(end.map { String(path[..<$0]) } ?? ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw TrainingFileError(.synchronize, path: path, errno: errno) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw TrainingFileError(.synchronize, path: path, errno: errno) }
    }
}

extension SHA256Digest {
    /// 64 lower-case hexadecimal digits.
    var hexadecimal: String {
        map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
