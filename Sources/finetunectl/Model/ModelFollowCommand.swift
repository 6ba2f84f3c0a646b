import ArgumentParser
import FinetuneAPI
import Identifiers
import LineTransport

/// `finetunectl model follow`
struct ModelFollowCommand: DaemonCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow",
        abstract: "Print the model that an alias stands for, now and at each change, until Ctrl-C.",
        discussion: """
            A line for each: version, model and time; with --json the whole reply. Goes on over restarts of the daemon.

            Example: finetunectl model follow sales-sql
            """)

    @OptionGroup var options: GlobalOptions
    @OptionGroup var model: ModelAlias

    func run(in session: Session) async throws {
        let alias = model.alias
        let end: Void? = try await untilInterrupted {
            var follower = ModelFollower(alias: alias, session: session)
            try await follower.follow()
        }
        if end == nil { throw ExitStatus.interrupted }
    }
}

/// Reads what an alias stands for, and connects anew when the connection breaks.
private struct ModelFollower {
    let alias: String
    var session: Session
    var last: ServedModel?
    var outage: Outage?

    init(alias: String, session: Session) {
        self.alias = alias
        self.session = session
    }

    mutating func follow() async throws {
        while true {
            do {
                if outage != nil { session = try await session.reconnected() }
                try await followConnection()
            } catch let error where Session.mayPass(error) {
                try await session.wait(through: &outage, of: error, telling: "The aliases are safe.")
            }
        }
    }

    private mutating func followConnection() async throws {
        let request = try Routes.readModel.request(alias, query: ServedModelQuery(follow: true), body: Nothing())
        for try await reply in session.client.stream(request.method, request.path) {
            let body: JSONValue = try reply.response()
            let model: ServedModel = try reply.response()
            outage = nil
            // A new connection tells first what may be known already.
            guard model != last else { continue }
            last = model
            try await session.console.output((session.wantsJSON ? body.text : model.line) + "\n")
        }
    }
}

extension ServedModel {
    fileprivate var line: String {
        "\(updatedAt.readable)  version \(version)  \(modelID ?? "no model")".onOneLine
    }
}
