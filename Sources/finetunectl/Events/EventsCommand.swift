import ArgumentParser
import FinetuneAPI
import LineTransport
import Synchronization

/// `finetunectl events`
struct EventsCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Show what has happened to all finetunings, and what happens.",
        discussion: """
            With --follow it goes on, over restarts of the daemon, until Ctrl-C, and then tells where to go on. \
            With --json, one event a line; its position is what --after takes.

            Examples:
              finetunectl events --follow
              finetunectl events --connection shop --level error --json
            """)

    @OptionGroup var options: GlobalOptions

    @Flag(name: .shortAndLong, help: "Go on with what happens.")
    var follow = false

    @Option(help: "Only events after this position.")
    var after = 0

    @Option(help: ArgumentHelp("Only those of this connection's finetunings.", valueName: "id-or-alias"))
    var connection: Reference?

    @Option(help: ArgumentHelp("Only those of this finetuning.", valueName: "id-or-alias"))
    var finetuning: Reference?

    @Option(help: "Only those of this gravity.")
    var level: FinetuningEvent.Level?

    @Option(help: ArgumentHelp("Only those of this name: status_changed, metrics, …", valueName: "name"))
    var event: String?

    func run(in session: Session) async throws {
        var query = HistoryQuery(after: after, follow: follow, level: level, event: event)
        if let connection { query.databaseConnection = try await session.connectionID(connection) }
        if let finetuning { query.finetuning = try await session.finetuningID(finetuning) }
        let listing = EventListing(feed: EventFeed(of: query, at: .chosen(session.socket)), after: after)
        let end: Void? = try await untilInterrupted { try await listing.tell(in: session) }
        guard end == nil else { return }
        await session.console.note("\nGo on from here: finetunectl events --follow --after \(listing.last)")
        throw ExitStatus.interrupted
    }
}

/// Tells events as they come, and remembers which was the last.
private final class EventListing: Sendable {
    private let feed: EventFeed<HistoryEvent>
    private let position: Mutex<Int>

    init(feed: EventFeed<HistoryEvent>, after: Int) {
        self.feed = feed
        position = Mutex(after)
    }

    /// The position of the last event that was told.
    var last: Int { position.withLock { $0 } }

    func tell(in session: Session) async throws {
        for try await element in feed {
            switch element {
            case .event(let event, let body):
                let line = session.wantsJSON ? body.text : event.line(on: session.terminal)
                try await session.console.output(line + "\n")
                position.withLock { $0 = event.position }
            case .interrupted: await session.console.note("The connection to the daemon was lost; trying again.")
            case .end: break
            }
        }
    }
}
