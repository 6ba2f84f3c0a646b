import FinetuneAPI

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Reads a training file line by line, on a thread that may wait.
actor TrainingFileReader {
    private static let chunk = 1 << 18

    nonisolated let unownedExecutor: UnownedSerialExecutor
    private let path: String
    private var descriptor: Int32?
    private var buffer: [UInt8] = []
    private var isAtEnd = false

    /// Gets ready to read; the file is opened with the first lines.
    init(path: String, worker: Worker) {
        self.path = path
        unownedExecutor = worker.executor
    }

    deinit {
        if let descriptor { close(descriptor) }
    }

    /// Some more lines, without their ends; nothing after the last. Throws `training_file_not_found` if it is gone.
    func nextLines() throws -> [[UInt8]]? {
        while !isAtEnd {
            try fill()
            guard let end = buffer.lastIndex(of: UInt8(ascii: "\n")) else { continue }
            let lines = buffer[..<end].split(separator: UInt8(ascii: "\n")).map(Array.init)
            buffer.removeFirst(end + 1)
            return lines
        }
        defer { buffer = [] }
        return buffer.isEmpty ? nil : [buffer]
    }

    private func openedFile() throws(APIError) -> Int32 {
        if let descriptor { return descriptor }
        let opened = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard opened >= 0 else { throw .noTrainingFile(String(cString: strerror(errno))) }
        descriptor = opened
        return opened
    }

    private func fill() throws {
        let descriptor = try openedFile()
        var failure: Int32?
        let chunk = [UInt8](unsafeUninitializedCapacity: Self.chunk) { memory, count in
            let result = read(descriptor, memory.baseAddress, memory.count)
            if result < 0 { failure = errno }
            count = max(0, result)
        }
        if let failure { throw APIError.noTrainingFile(String(cString: strerror(failure))) }
        isAtEnd = chunk.isEmpty
        buffer += chunk
    }
}

extension APIError {
    static func noTrainingFile(_ reason: String) -> APIError {
        APIError(
            .trainingFileNotFound, "there is no training file: \(reason)",
            remedy: "Wait until the finetuning's step is past \"recorded\".")
    }
}
