import FinetuneAPI
import Identifiers
import LineTransport

/// Follows a finetuning to its end, over restarts of the daemon.
struct FinetuningWatch: Sendable {
    /// Which.
    let id: ObjectID
    /// The last event that is not to be told.
    let after: Int

    /// Tells every event as it comes, and at last the model's id. Throws `ExitStatus` if there is none.
    func run(in session: Session) async throws {
        guard let status = try await untilInterrupted({ try await follow(in: session) }) else {
            await session.console.note(
                "\nDetached. The finetuning goes on; watch it again: finetunectl finetuning watch \(id)")
            throw ExitStatus.interrupted
        }
        await session.console.clearTransientLine()
        try await conclude(status, in: session)
    }

    private func follow(in session: Session) async throws -> FinetuningStatus {
        var isAway = false
        do {
            var progress = TrainingProgress()
            for try await element in EventFeed(of: id, after: after, at: .chosen(session.socket)) {
                switch element {
                case .event(let event, let body):
                    isAway = false
                    progress.take(event)
                    try await tell(event, body, progress, in: session)
                case .interrupted:
                    isAway = true
                    await session.console.note(
                        "The connection to the daemon was lost; trying again. The finetuning is safe.")
                case .end(let body):
                    return try WireDecoder(ignoresUnknownKeys: true).decode(EventsEnd.self, from: body).status
                }
            }
            throw ClientError.connectionLost
        } catch let error as ClientError {
            if isAway { await session.console.note("Watch it again later: finetunectl finetuning watch \(id)") }
            throw error
        }
    }

    private func tell(
        _ event: FinetuningEvent, _ body: JSONValue, _ progress: TrainingProgress, in session: Session
    ) async throws {
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
