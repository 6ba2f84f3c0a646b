import TrainingData

/// Writes a training file on a thread of its own, so that lines are made while those before are hashed and written.
actor TrainingFileOutput {
    nonisolated let unownedExecutor: UnownedSerialExecutor
    private let path: String
    private var writer: TrainingFileWriter?

    /// Gets ready to write; the file is begun with the first lines.
    init(path: String, worker: Worker) {
        self.path = path
        unownedExecutor = worker.executor
    }

    func append(_ lines: TrainingLines) throws {
        try openedWriter().append(lines)
    }

    func finish() throws -> TrainingFile {
        try openedWriter().finish()
    }

    /// Removes what was written of a file that is not finished.
    func discard() {
        writer?.discard()
    }

    private func openedWriter() throws -> TrainingFileWriter {
        if let writer { return writer }
        let opened = try TrainingFileWriter(path: path)
        writer = opened
        return opened
    }
}
