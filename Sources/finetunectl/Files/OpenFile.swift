import Glibc

/// An open file, as the system knows it. Its calls block, so they are made on `BlockingIO`.
struct OpenFile: Sendable {
    let number: CInt
    /// What messages call it.
    let name: String

    static let standardInput = OpenFile(number: STDIN_FILENO, name: "standard input")
    static let standardOutput = OpenFile(number: STDOUT_FILENO, name: "standard output")
    static let standardError = OpenFile(number: STDERR_FILENO, name: "standard error")

    /// Opens a file that is there.
    @BlockingIO
    static func open(forReading path: String) throws(SystemCallError) -> OpenFile {
        let number = Self.open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { throw SystemCallError("cannot open \(path)") }
        return OpenFile(number: number, name: path)
    }

    /// Opens a device or a pipe that is there.
    @BlockingIO
    static func open(forWriting path: String) throws(SystemCallError) -> OpenFile {
        let number = Self.open(path, O_WRONLY | O_CLOEXEC)
        guard number >= 0 else { throw SystemCallError("cannot open \(path)") }
        return OpenFile(number: number, name: path)
    }

    /// Whether there is something at a path that is no file: a device, a pipe.
    @BlockingIO
    static func isSpecial(_ path: String) throws(SystemCallError) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        if status.st_mode & S_IFMT == S_IFDIR { throw SystemCallError("cannot write \(path)", number: EISDIR) }
        return status.st_mode & S_IFMT != S_IFREG
    }

    /// Makes a file that no path leads to and that is gone when it is closed.
    @BlockingIO
    static func temporary(in directory: String) throws(SystemCallError) -> OpenFile {
        let (file, path) = try create(besides: directory + "/finetunectl")
        unlink(path)
        return file
    }

    /// Makes a new file whose path begins with `path`, readable by its owner alone; returns its path too.
    @BlockingIO
    static func create(besides path: String) throws(SystemCallError) -> (file: OpenFile, path: String) {
        var template = Array("\(path).XXXXXX".utf8CString)
        let number = mkstemp(&template)
        guard number >= 0 else { throw SystemCallError("cannot write \(path)") }
        let name = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        return (OpenFile(number: number, name: path), name)
    }

    /// At most `limit` bytes; none at the end.
    @BlockingIO
    func read(upTo limit: Int) throws(SystemCallError) -> [UInt8] {
        var failure: SystemCallError?
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            let result = Self.retryingInterrupted { Self.read(number, buffer.baseAddress, limit) }
            failure = result < 0 ? SystemCallError("cannot read \(name)") : nil
            count = max(0, result)
        }
        if let failure { throw failure }
        return bytes
    }

    /// Writes all of the bytes.
    @BlockingIO
    func write(_ bytes: [UInt8]) throws(SystemCallError) {
        var written = 0
        while written < bytes.count {
            let result = bytes.withUnsafeBytes { buffer in
                Self.retryingInterrupted {
                    Self.write(number, buffer.baseAddress?.advanced(by: written), buffer.count - written)
                }
            }
            guard result > 0 else { throw SystemCallError("cannot write \(name)") }
            written += result
        }
    }

    /// Goes back to the first byte.
    @BlockingIO
    func rewind() throws(SystemCallError) {
        guard lseek(number, 0, SEEK_SET) == 0 else { throw SystemCallError("cannot read \(name) twice") }
    }

    /// The file's size; nothing where it is a pipe or a terminal.
    @BlockingIO
    var size: Int? {
        var status = stat()
        guard fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// Whether the first byte can be gone back to.
    @BlockingIO
    var isRewindable: Bool { size != nil }

    /// Gives the file the permissions that a new one has by the process's mask.
    @BlockingIO
    func makeReadableAsUsual() throws(SystemCallError) {
        let mask = umask(0)
        umask(mask)
        guard fchmod(number, 0o666 & ~mask) == 0 else { throw SystemCallError("cannot write \(name)") }
    }

    /// Waits until the bytes are on the disk.
    @BlockingIO
    func synchronize() throws(SystemCallError) {
        guard fsync(number) == 0 else { throw SystemCallError("cannot write \(name)") }
    }

    /// Closes the file. Whoever wrote it and must know that all is well has called `synchronize`.
    func close() {
        Self.close(number)
    }

    private static func retryingInterrupted(_ call: () -> Int) -> Int {
        while true {
            let result = call()
            if result >= 0 || errno != EINTR { return result }
        }
    }
}

// The C library's functions, which this type's own of the same names hide.
extension OpenFile {
    private static func open(_ path: String, _ flags: CInt) -> CInt { Glibc.open(path, flags) }
    private static func read(_ number: CInt, _ buffer: UnsafeMutablePointer<UInt8>?, _ count: Int) -> Int {
        Glibc.read(number, buffer, count)
    }
    private static func write(_ number: CInt, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
        Glibc.write(number, buffer, count)
    }
    private static func close(_ number: CInt) { _ = Glibc.close(number) }
}
