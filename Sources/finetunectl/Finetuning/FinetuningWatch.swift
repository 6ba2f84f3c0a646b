import FinetuneAPI
import Identifiers
import LineTransport

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
        /// How it ended, and nothing before.
        case end

        /// The last event that is not to be told.
        fileprivate var after: Int {
            switch self {
            case .events(let after): after
            case .end: 0
            }
        }

        // A script that waits outlasts an upgrade; a person at a terminal rather hears of the trouble.
        fileprivate var patience: Duration {
            switch self {
            case .events: .seconds(60)
            case .end: .seconds(600)
            }
        }
    }

    /// Tells at last the model's id. Throws `ExitStatus` if there is none.
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
            for try await element in EventFeed(
                of: id, after: telling.after, at: .chosen(session.socket), patience: telling.patience)
            {
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
                    try await showCurves(of: progress, in: session)
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
        guard case .events = telling else { return }
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

    // A person at a terminal sees how it learnt; a script has the numbers in the events.
    private func showCurves(of progress: TrainingProgress, in session: Session) async throws {
        guard case .events = telling, !session.wantsJSON, let width = session.terminal.errorWidth,
            let curves = progress.curves(width: width)
        else { return }
        await session.console.note(curves)
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
        if case .failed = status { await session.console.note(answer.response.retryAdvice.onOneLine) }
        throw failure
    }

    private func tellEnd(_ answer: Answer<Finetuning>, in session: Session) async throws {
        switch (telling, session.wantsJSON) {
        case (.end, true): try await session.console.output(answer.body.text + "\n")
        // One event a line, and no other line.
        case (.events, true): return
        case (_, false):
            if let promotion = answer.response.automaticPromotion {
                await session.console.note("promotion \(promotion.readable)".onOneLine)
            }
            if let model = answer.response.modelID { try await session.console.output(model.onOneLine + "\n") }
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

extension Finetuning {
    /// How to order it once more. What failed keeps its alias and its files until it is removed.
    fileprivate var retryAdvice: String {
        "To order it again under this alias: finetunectl finetuning remove \(alias.shellWord) --remote, then create it anew."
    }
}
