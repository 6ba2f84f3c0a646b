import Glibc

/// Where a command's result goes: standard output, or a file that appears only once it is complete.
@BlockingIO
final class OutputFile {
    private enum Target {
        case console(Console)
        /// A new file beside the one that it will replace.
        case replacement(OpenFile, temporaryPath: String, path: String, removal: CleaningUp)
        /// A device or a pipe, which cannot be replaced.
        case direct(OpenFile)
    }

    private let target: Target

    private init(_ target: Target) {
        self.target = target
    }

    /// Runs `body`, which writes; if it throws, a file that was there before stays as it is.
    nonisolated static func write(
        to path: String?, _ console: Console, _ body: (OutputFile) async throws -> Void
    ) async throws {
        let file = try await open(path, console)
        do {
            try await body(file)
            try await file.commit()
        } catch {
            await file.discard()
            throw error
        }
    }

    /// Writes text.
    func write(_ text: String) throws {
        try write(Array(text.utf8))
    }

    /// Writes bytes.
    func write(_ bytes: [UInt8]) throws {
        switch target {
        case .console(let console): try console.output(bytes)
        case .replacement(let file, _, _, _), .direct(let file): try file.write(bytes)
        }
    }

    private static func open(_ path: String?, _ console: Console) throws -> OutputFile {
        guard let path, path != "-" else { return OutputFile(.console(console)) }
        if try OpenFile.isSpecial(path) { return OutputFile(.direct(try .open(forWriting: path))) }
        let (file, temporaryPath, removal) = try CleaningUp.file(besides: path)
        return OutputFile(.replacement(file, temporaryPath: temporaryPath, path: path, removal: removal))
    }

    private func commit() throws {
        switch target {
        case .console: break
        case .direct(let file): file.close()
        case .replacement(let file, let temporaryPath, let path, let removal):
            try file.makeReadableAsUsual()
            try file.synchronize()
            guard rename(temporaryPath, path) == 0 else { throw SystemCallError("cannot write \(path)") }
            removal.leave()
            file.close()
        }
    }

    private func discard() {
        switch target {
        case .console: break
        case .direct(let file): file.close()
        case .replacement(let file, _, _, let removal):
            file.close()
            removal.finish()
        }
    }
}
