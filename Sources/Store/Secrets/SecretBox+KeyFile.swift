#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

extension SecretBox {
    /// Uses the storage key in the state directory, `storage.key`; makes one, mode 0600, where there is none.
    ///
    /// To be called by the process that has the directory's `StateStore` open.
    package static func open(directory: String) async throws(SecretBoxError) -> SecretBox {
        try await onABlockingThread { () throws(SecretBoxError) in
            try SecretBox(key: try StorageKeyFile(directory: StateDirectory(path: directory)).key())
        }
    }
}

/// The file that holds the storage key, and nothing else.
private struct StorageKeyFile {
    let directory: StateDirectory

    private var path: String { directory.storageKeyPath }

    func key() throws(SecretBoxError) -> [UInt8] {
        if let key = try stored() { return key }
        var generator = SystemRandomNumberGenerator()
        let key = (0..<SecretBox.keyByteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        try store(key)
        return key
    }

    private func stored() throws(SecretBoxError) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw failure()
        }
        defer { close(file) }
        // One byte more than it should have, to notice a file that is too long.
        var bytes = [UInt8](repeating: 0, count: SecretBox.keyByteCount + 1)
        let count = read(file, &bytes, bytes.count)
        guard count >= 0 else { throw failure() }
        return Array(bytes.prefix(count))
    }

    // Under another name first: a crash in the middle must not leave half a key under the right one.
    private func store(_ key: [UInt8]) throws(SecretBoxError) {
        let draft = path + ".new"
        let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure() }
        defer { close(file) }
        guard write(file, key, key.count) == key.count, fsync(file) == 0, rename(draft, path) == 0,
            directory.synchronize()
        else { throw failure() }
    }

    private func failure() -> SecretBoxError {
        .unusableKeyFile(path: path, reason: systemMessage(errno))
    }
}
