#if canImport(Glibc)
    internal import Glibc
#else
    internal import Musl
#endif

/// A file open for upload. Exactly as many bytes are read as it had when it was opened, or reading fails.
final class UploadFile {
    let path: String
    let size: Int
    /// Whether the disk or a shorter file kept a byte back that was announced to the server.
    private(set) var isBroken = false
    private let descriptor: Int32
    private var position = 0

    init(path: String) throws(TransportError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadableFile(path: path) }
        var attributes = stat()
        guard fstat(descriptor, &attributes) == 0, attributes.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .unreadableFile(path: path)
        }
        self.path = path
        size = Int(attributes.st_size)
    }

    deinit {
        close(descriptor)
    }

    /// Fills `buffer` from where the last read ended. The number of bytes; 0 at the end; `nil` if the file is broken.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        let wanted = min(buffer.count, size - position)
        guard wanted > 0 else { return 0 }
        let count = pread(descriptor, buffer.baseAddress, wanted, off_t(position))
        guard count > 0 else {
            isBroken = true
            return nil
        }
        position += count
        return count
    }

    /// Makes the next read start at `offset` bytes. `false` if that lies outside the file.
    func seek(to offset: Int) -> Bool {
        guard (0...size).contains(offset) else { return false }
        position = offset
        return true
    }
}
