import FinetuneAPI
import Identifiers
import LineTransport
import UnixSignals

/// Follows a finetuning to its end, over restarts of the daemon.
struct FinetuningWatch: Sendable {
    /// Which.
    let id: ObjectID
    /// The last event that is not to be told.
    let after: Int

    /// How following ended.
    private enum Ending: Sendable {
        case finished(FinetuningStatus)
        /// The user wants to watch no longer.
        case detached
    }

    /// Tells every event as it comes, and at last the model's id. Throws `ExitStatus` if there is none.
    func run(in session: Session) async throws {
        switch try await ending(in: session) {
        case .detached:
            await session.console.note(
                "\nDetached. The finetuning goes on; watch it again: finetunectl finetuning watch \(id)")
            throw ExitStatus.interrupted
        case .finished(let status):
            await session.console.clearTransientLine()
            try await conclude(status, in: session)
        }
    }

    private func ending(in session: Session) async throws -> Ending {
        try await withThrowingTaskGroup(of: Ending.self) { group in
            group.addTask {
                var follower = EventFollower(id: id, after: after, session: session)
                return .finished(try await follower.follow())
            }
            group.addTask {
                for await _ in await UnixSignalsSequence(trapping: .sigint) { break }
                return .detached
            }
            defer { group.cancelAll() }
            return try await group.next() ?? .detached
        }
    }

    private func conclude(_ status: FinetuningStatus, in session: Session) async throws {
        // The connection may be another by now; a new one is certain to be open.
        let session = try await session.reconnected()
        let finetuning: Result<Finetuning, any Error>
        do {
            finetuning = .success(try await session.ask(Routes.readFinetuning, id).response)
        } catch {
            finetuning = .failure(error)
        }
        await session.close()
        let end = try finetuning.get()
        guard status == .succeeded else {
            let reason = end.error.map { ": \($0)" } ?? ""
            await session.console.note("The finetuning \(end.alias) ended \(status.rawValue)\(reason)".onOneLine)
            throw ExitStatus.finetuningEndedBadly
        }
        if let model = end.modelID, !session.wantsJSON {
            try await session.console.output(model.onOneLine + "\n")
        }
    }
}

/// Reads a finetuning's events, and connects anew when the connection breaks.
private struct EventFollower {
    let id: ObjectID
    var lastSequence: Int
    var session: Session
    var progress = TrainingProgress()
    var outage: Outage?

    init(id: ObjectID, after: Int, session: Session) {
        self.id = id
        self.session = session
        lastSequence = after
    }

    mutating func follow() async throws -> FinetuningStatus {
        while true {
            do {
                return try await followConnection()
            } catch let error where Outage.mayPass(error) {
                try await waitForDaemon(error)
            }
        }
    }

    private mutating func followConnection() async throws -> FinetuningStatus {
        if outage != nil { session = try await session.reconnected() }
        let query = EventsQuery(after: lastSequence, follow: true)
        let request = try Routes.finetuningEvents.request(id, query: query, body: Nothing())
        for try await reply in session.client.stream(request.method, request.path) {
            let body: JSONValue = try reply.response()
            guard reply.isPartial else { return try reply.response(EventsEnd.self).status }
            try await tell(try reply.response(), body)
        }
        throw ClientError.connectionLost
    }

    private mutating func tell(_ event: FinetuningEvent, _ body: JSONValue) async throws {
        outage = nil
        lastSequence = event.sequence
        progress.take(event)
        let terminal = session.terminal
        let line = terminal.errorWidth.flatMap { progress.line(width: $0) }
        if session.wantsJSON {
            try await session.console.output(body.text + "\n")
        } else if line == nil || terminal.outputWidth == nil || event.steps == nil {
            // On a terminal, steps move the progress line instead of filling the screen.
            try await session.console.output(event.line(on: terminal) + "\n")
        }
        if let line { await session.console.transient(line) }
    }

    private mutating func waitForDaemon(_ error: any Error) async throws {
        do {
            try await session.wait(through: &outage, of: error, telling: "The finetuning is safe.")
        } catch {
            await session.console.note("Watch it again later: finetunectl finetuning watch \(id)")
            throw error
        }
    }
}
