#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// A file that holds one secret.
struct CredentialFile {
    let path: String
    let bytes: [UInt8]
    let origin: KeyRemedy.Origin

    /// The file of this name in systemd's credentials directory, or in the one that the daemon reads itself. Which of two
    /// would win nobody should have to know, so two are refused.
    static func find(_ name: String, in surroundings: Surroundings) throws(InvalidConfiguration) -> CredentialFile? {
        let credential = try surroundings.credentialsDirectory.flatMap { directory throws(InvalidConfiguration) in
            let path = directory + "/" + name
            // Without systemd the directory is somebody's own, and read at each reload.
            return try CredentialFile(
                path: path, origin: surroundings.supervisor == .nobody ? .file(path: path) : .credential)
        }
        let own = try surroundings.keyDirectory.flatMap { directory throws(InvalidConfiguration) in
            let path = directory + "/" + name
            return try CredentialFile(path: path, origin: .file(path: path))
        }
        guard let own else { return credential }
        guard credential == nil else {
            throw InvalidConfiguration(own.path, "there is a systemd credential \(name) too; remove one of them")
        }
        try own.refuseOtherReaders()
        return own
    }

    private init?(path: String, origin: KeyRemedy.Origin) throws(InvalidConfiguration) {
        guard let bytes = try contents(ofFile: path) else { return nil }
        self.path = path
        self.bytes = bytes
        self.origin = origin
    }

    // The group is that of the daemon's clients.
    private func refuseOtherReaders() throws(InvalidConfiguration) {
        var information = stat()
        guard stat(path, &information) == 0, information.st_mode & 0o077 == 0 else {
            throw InvalidConfiguration(path, "others than its owner may read it: chmod 400 \(path)")
        }
    }
}
