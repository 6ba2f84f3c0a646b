import FinetuneAPI
import Identifiers
import LineTransport
import UnixSignals

/// Follows a finetuning to its end, over restarts of the daemon.
struct FinetuningWatch: Sendable {
    /// Which.
    let id: ObjectID
    /// What is told.
    let telling: Telling

    /// What is told of a finetuning that is followed.
    enum Telling: Sendable {
        /// Every event after this one, as it comes, then how it ended.
        case events(after: Int)
        /// How it ended, and nothing before; waited for no longer than this, where a time is given.
        case end(within: Duration?)
    }

    /// How following ended.
    private enum Ending: Sendable {
        case finished(FinetuningStatus)
        /// The user wants to watch no longer.
        case detached
        /// So long has passed.
        case timedOut(Duration)
    }

    /// Tells at last the model's id. Throws `ExitStatus` if there is none.
    func run(in session: Session) async throws {
        switch try await ending(in: session) {
        case .detached:
            await session.console.note(
                "\nDetached. The finetuning goes on; watch it again: finetunectl finetuning watch \(id)")
            throw ExitStatus.interrupted
        case .timedOut(let limit):
            await session.console.note("The finetuning is not over after \(limit.components.seconds) s. It goes on.")
            throw ExitStatus.timedOut
        case .finished(let status):
            await session.console.clearTransientLine()
            try await conclude(status, in: session)
        }
    }

    private func ending(in session: Session) async throws -> Ending {
        try await withThrowingTaskGroup(of: Ending.self) { group in
            group.addTask {
                var follower = EventFollower(id: id, telling: telling, session: session)
                return .finished(try await follower.follow())
            }
            group.addTask {
                for await _ in await UnixSignalsSequence(trapping: .sigint) { break }
                return .detached
            }
            if case .end(let limit?) = telling {
                group.addTask {
                    try await Task.sleep(for: limit)
                    return .timedOut(limit)
                }
            }
            defer { group.cancelAll() }
            return try await group.next() ?? .detached
        }
    }

    private func conclude(_ status: FinetuningStatus, in session: Session) async throws {
        // The connection may be another by now; a new one is certain to be open.
        let session = try await session.reconnected()
        let finetuning: Result<Answer<Finetuning>, any Error>
        do {
            finetuning = .success(try await session.ask(Routes.readFinetuning, id))
        } catch {
            finetuning = .failure(error)
        }
        await session.close()
        let answer = try finetuning.get()
        try await tellEnd(answer, in: session)
        guard let failure = ExitStatus(endOf: status) else { return }
        let reason = answer.response.error.map { ": \($0)" } ?? ""
        await session.console.note(
            "The finetuning \(answer.response.alias) ended \(status.rawValue)\(reason)".onOneLine)
        throw failure
    }

    private func tellEnd(_ answer: Answer<Finetuning>, in session: Session) async throws {
        switch (telling, session.wantsJSON) {
        case (.end, true): try await session.console.output(answer.body.text + "\n")
        // One event a line, and no other line.
        case (.events, true): return
        case (_, false):
            if let model = answer.response.modelID { try await session.console.output(model.onOneLine + "\n") }
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
    private let isSilent: Bool

    init(id: ObjectID, telling: FinetuningWatch.Telling, session: Session) {
        self.id = id
        self.session = session
        switch telling {
        case .events(let after): (lastSequence, isSilent) = (after, false)
        case .end: (lastSequence, isSilent) = (0, true)
        }
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
        if isSilent { return }
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
            // A script that waits outlasts an upgrade, a person at a terminal rather hears of the trouble.
            try await session.wait(
                through: &outage, of: error, telling: "The finetuning is safe.",
                patience: isSilent ? .seconds(600) : Outage.patience)
        } catch {
            await session.console.note("Watch it again later: finetunectl finetuning watch \(id)")
            throw error
        }
    }
}

extension ExitStatus {
    /// How the program ends after a finetuning that ended without a model; `nil` after one that succeeded.
    fileprivate init?(endOf status: FinetuningStatus) {
        switch status {
        case .succeeded: return nil
        case .cancelled: self = .finetuningCancelled
        case .failed, .queued, .validatingFiles, .running: self = .finetuningFailed
        }
    }
}
