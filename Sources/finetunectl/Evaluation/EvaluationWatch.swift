import FinetuneAPI
import Identifiers
import LineTransport

/// Follows an evaluation to its end, over restarts of the daemon.
struct EvaluationWatch: Sendable {
    /// Which.
    let id: ObjectID
    /// The last event that is not to be told.
    let after: Int

    /// Tells every event as it comes, and at last what was measured. Throws `ExitStatus` where that is not all.
    func run(in session: Session) async throws {
        guard let status = try await untilInterrupted({ try await follow(in: session) }) else {
            await session.console.note(
                "\nDetached. The evaluation goes on; watch it again: finetunectl evaluation watch \(id)")
            throw ExitStatus.interrupted
        }
        await session.console.clearTransientLine()
        try await conclude(status, in: session)
    }

    private func follow(in session: Session) async throws -> EvaluationStatus {
        let feed = EventFeed<FinetuningEvent>(at: .chosen(session.socket), after: after) { after in
            try Routes.evaluationEvents.request(id, query: EventsQuery(after: after, follow: true), body: Nothing())
        }
        var display: ProgressDisplay?
        var accuracy = AccuracySoFar()
        for try await element in feed {
            switch element {
            case .event(let event, let body):
                accuracy.take(event)
                try await tell(event, body, accuracy, on: &display, in: session)
            case .interrupted:
                await session.console.note(
                    "The connection to the daemon was lost; trying again. The evaluation goes on where it was.")
            case .end(let body):
                return try WireDecoder(ignoresUnknownKeys: true).decode(EvaluationEventsEnd.self, from: body).status
            }
        }
        throw ClientError.connectionLost
    }

    // On a terminal the answers move a bar; the other events, and all of them elsewhere, are lines.
    private func tell(
        _ event: FinetuningEvent, _ body: JSONValue, _ accuracy: AccuracySoFar, on display: inout ProgressDisplay?,
        in session: Session
    ) async throws {
        if session.wantsJSON { return try await session.console.output(body.text + "\n") }
        guard let answers = event.answers, let width = session.terminal.errorWidth else {
            return try await session.console.output(event.line(on: session.terminal) + "\n")
        }
        if display == nil {
            let bar = ProgressBar(label: "asking", unit: "answers", total: answers.needed)
            display = ProgressDisplay(bar: bar, console: session.console)
        }
        await display?.show(answers.count, note: accuracy.note(width: width))
    }

    private func conclude(_ status: EvaluationStatus, in session: Session) async throws {
        // The connection may be another by now; a new one is certain to be open.
        let session = try await session.reconnected()
        let evaluation: Result<Evaluation, any Error>
        do {
            evaluation = .success(try await session.ask(Routes.readEvaluation, id).response)
        } catch {
            evaluation = .failure(error)
        }
        await session.close()
        let end = try evaluation.get()
        if !session.wantsJSON { try await session.console.output(end.text(on: session.terminal)) }
        switch status {
        case .succeeded, .queued, .running: return
        case .failed: throw ExitStatus.finetuningFailed
        case .cancelled: throw ExitStatus.finetuningCancelled
        }
    }
}

/// The share of the tuned model's answers that were right, answer by answer.
struct AccuracySoFar {
    private static let widestCurve = 16

    private var right = 0
    private(set) var curve: [Double] = []

    /// Learns from an event.
    mutating func take(_ event: FinetuningEvent) {
        guard event.detail["contestant"] == "candidate", let verdict = event.detail["verdict"]?.string,
            verdict != EvaluationAnswer.Verdict.unjudged.rawValue
        else { return }
        if verdict == EvaluationAnswer.Verdict.correct.rawValue { right += 1 }
        curve.append(Double(right) / Double(curve.count + 1))
    }

    /// For the end of a line of this width: the share, and how it came to that; nothing before there is any.
    func note(width: Int) -> String {
        guard let last = curve.last else { return "" }
        let line = LineChart(values: curve).line(width: min(Self.widestCurve, width / 5)).map { " " + $0 } ?? ""
        return "  right \(last.percent) %\(line)"
    }
}

extension FinetuningEvent {
    fileprivate var answers: (count: Int, needed: Int)? {
        guard case .number(let count)? = detail["answers"], case .number(let needed)? = detail["needed"],
            let count = count.integer, let needed = needed.integer
        else { return nil }
        return (count, needed)
    }
}
