#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
import ArgumentParser
import FoundationEssentials
import LineTransport

/// The command `finetuned`: reads the configuration and runs the daemon in the foreground.
@main
struct Finetuned: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finetuned",
        abstract: "Fine-tune language models for text-to-SQL: the daemon behind finetunectl.",
        discussion: helpDiscussion,
        version: version)

    /// The daemon's version, as `--version` and `GET /status` tell it.
    static let version = "0.1.0"

    @Option(help: ArgumentHelp("The configuration file.", valueName: "file"), completion: .file(extensions: ["yaml"]))
    var config: String?

    @Option(help: ArgumentHelp("Where the socket is.", valueName: "path"), completion: .file())
    var socket: String?

    @Option(help: ArgumentHelp("Where the state and the training files are.", valueName: "directory"))
    var stateDirectory: String?

    @Option(help: ArgumentHelp("The lowest level of messages to log.", valueName: "level"))
    var logLevel: String?

    @Flag(help: "Read the configuration, print what is in effect (but no secrets), and exit.")
    var checkConfiguration = false

    func run() async throws {
        let configuration = try loadConfiguration()
        if checkConfiguration {
            print(configuration.yaml, terminator: "")
        } else {
            try await runDaemon(configuration)
        }
    }

    private func runDaemon(_ configuration: DaemonConfiguration) async throws {
        // Whoever reads the log may go away; that must not end the daemon.
        signal(SIGPIPE, SIG_IGN)
        // All threads have it from this one: none holds a processor for long while a client of ours waits for it.
        ThreadScheduling.prompt.apply()
        let loader = ConfigurationLoader(options: options, surroundings: .current)
        do {
            try await Composition.run(configuration, reload: { try loader.load() })
        } catch let failure as StartFailure {
            printError("finetuned: \(failure.message)\n  \(failure.remedy)")
            throw ExitCode(failure.exitCode)
        }
    }

    private func loadConfiguration() throws -> DaemonConfiguration {
        do {
            return try ConfigurationLoader(options: options, surroundings: .current).load()
        } catch {
            printError("finetuned: the configuration is not right:\n\(error)")
            throw ExitCode(EX_CONFIG)
        }
    }

    private var options: ConfigurationLoader.Options {
        var settings: [String: String] = [:]
        settings["socket"] = socket.map(absolute)
        settings["state_directory"] = stateDirectory.map(absolute)
        settings["log_level"] = logLevel
        return ConfigurationLoader.Options(file: config.map(absolute), settings: settings)
    }

    // A person at a shell names files relative to where they are; the daemon keeps absolute paths only.
    private func absolute(_ path: String) -> String {
        path.isEmpty || path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }
}

private func printError(_ message: String) {
    let bytes = Array((message + "\n").utf8)
    write(STDERR_FILENO, bytes, bytes.count)
}
