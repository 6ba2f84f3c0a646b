import Logging
import Systemd

/// Where the daemon's messages go: to the journal with their fields, if that is where standard error goes, else to
/// standard error.
struct DaemonLog: Sendable {
    /// From which level on.
    let level = LogLevel(.info)
    /// Logs there.
    let logger: Logger
    private let journal: Journal?
    /// Whether that is the journal.
    var isJournal: Bool { journal != nil }

    init(_ surroundings: Surroundings) {
        let journal = Journal(environment: surroundings.environment)
        let level = level
        self.journal = journal
        logger = Logger(label: "finetuned") { label in
            let handler: any LogHandler =
                journal.map { JournalLogHandler($0) } ?? StreamLogHandler.standardError(label: label)
            return SharedLevelLogHandler(handler, level: level)
        }
    }

    /// Returns once all that was logged has arrived.
    func flush() async {
        await journal?.flush()
    }
}

extension Logger {
    /// Logs one of the messages that people and scripts look for.
    func log(
        _ message: CataloguedMessage, level: Level, _ text: Message, also metadata: Metadata = [:],
        file: String = #fileID, function: String = #function, line: UInt = #line
    ) {
        log(
            level: level, text, metadata: metadata.merging(["event": "\(message.rawValue)"]) { $1 }, file: file,
            function: function, line: line)
    }
}
