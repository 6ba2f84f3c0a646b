#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif
import ArgumentParser
import DaemonCore
import FoundationEssentials
import LineTransport
import Logging
import Store
import Systemd

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

    @Flag(help: "With --check-configuration: print only what is wrong.")
    var quiet = false

    @Option(
        help: ArgumentHelp("Look at all of a backup of the state, change nothing, and exit.", valueName: "backup"),
        completion: .file(extensions: ["sqlite"]))
    var checkBackup: String?

    /// Runs the command that the arguments name.
    static func main() async {
        // Without this, libdispatch tells the journal that its threads may not raise their priority.
        setenv("LIBDISPATCH_LOG", "NO", 0)
        await main(nil)
    }

    func run() async throws {
        // Whoever reads the log may go away; that must not end the daemon.
        signal(SIGPIPE, SIG_IGN)
        // All threads have it from this one: none holds a processor for long while a client of ours waits for it.
        ThreadScheduling.prompt.apply()
        ProcessMemory.keepLittle()
        if let checkBackup { return try Self.check(backup: absolute(checkBackup)) }
        let loader = ConfigurationLoader(options: options, surroundings: .current)
        let log = DaemonLog(loader.surroundings)
        do {
            let configuration = try check(loader)
            if !checkConfiguration {
                log.level.replace(with: configuration.logLevel)
                try await Composition(configuration, log: log).run(reload: { try loader.load() })
            } else if !quiet {
                print(configuration.yaml, terminator: "")
            }
        } catch {
            let failure = (error as? StartFailure) ?? StartFailure(unexpected: error)
            if !checkConfiguration { failure.tellServiceManager(log.logger) }
            failure.tell(log)
            await log.flush()
            throw ExitCode(failure.kind.exitCode)
        }
        await log.flush()
    }

    private static func check(backup: String) throws {
        do {
            try BackupCheck.look(at: backup)
        } catch {
            let bytes = Array("finetuned: \(error.description)\n".utf8)
            write(STDERR_FILENO, bytes, bytes.count)
            throw ExitCode(StartFailure(error).kind.exitCode)
        }
    }

    // Whatever is wrong is told at once, users and groups that there are not included.
    private func check(_ loader: ConfigurationLoader) throws -> DaemonConfiguration {
        do {
            let configuration = try loader.load()
            _ = try DaemonSettings(configuration)
            return configuration
        } catch let error as InvalidConfiguration {
            throw StartFailure(error)
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

extension StartFailure {
    /// Tells whoever started the daemon: in the journal, or on standard error.
    fileprivate func tell(_ log: DaemonLog) {
        if log.isJournal {
            let metadata: Logger.Metadata = ["exit_code": "\(kind.exitCode)"]
            log.logger.log(.daemonFailed, level: .critical, "\(paragraph)", also: metadata)
        } else {
            let bytes = Array("finetuned: \(message)\n  \(remedy)\n".utf8)
            write(STDERR_FILENO, bytes, bytes.count)
        }
    }

    private var paragraph: String { message + (message.hasSuffix("?") ? " " : ". ") + remedy }

    fileprivate func tellServiceManager(_ logger: Logger) {
        ServiceManager(logger: logger).tell(.status(paragraph), .errorNumber(kind.errorNumber))
    }
}
