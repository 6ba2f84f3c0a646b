import ArgumentParser

/// Where a connection's own provider key comes from.
struct APIKeyOptions: ParsableArguments {
    @Flag(
        name: .customLong("api-key-stdin"),
        help: "Read a provider key of the connection's own from standard input; on a terminal it is typed unseen.")
    var fromStandardInput = false

    @Option(
        name: .customLong("api-key-file"),
        help: ArgumentHelp("Read it from the first line of a file.", valueName: "path"), completion: .file())
    var file: String?

    func validate() throws {
        if fromStandardInput, file != nil {
            throw ValidationError("give --api-key-stdin or --api-key-file, not both")
        }
    }

    /// The key, if one was asked for.
    func key() async throws -> String? {
        guard let path = fromStandardInput ? "-" : file else { return nil }
        return try await SecretInput.secret(from: path, prompt: "Provider key: ")
    }
}
