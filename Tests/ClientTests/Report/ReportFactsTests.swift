import ArgumentParser
import FinetuneAPI
import Identifiers
import Testing

@testable import finetunectl

@Suite("What a report tells")
struct ReportFactsTests {
    private static let id = ObjectID(seconds: 3, suffix: 4)

    /// Writes a report; the stream of events ends as `ending` says after the first of two events, unless it is asked
    /// for what comes after that.
    private func report(_ ending: PlayedDaemon.Answer) async throws -> Performance {
        try await PlayedDaemon.run { request in
            let path = request.path
            if path.contains("/events") {
                guard path.contains("after=1") else { return ending }
                return .stream(
                    [.wire(FinetuningEvent.sample("the second", sequence: 2))],
                    end: .wire(EventsEnd(lastSequence: 2, status: .succeeded)))
            }
            if path.hasSuffix("/record-checks") {
                return .reply(
                    status: 200, .wire(RecordChecks(checks: CheckCounts(valid: 12), waiting: 0, runsAgain: false)))
            }
            if path.hasSuffix("/plan") { return .reply(status: 403, Self.refusal(.forbidden)) }
            if path.contains("/database-connections/") {
                return .reply(status: 200, .wire(DatabaseConnection.sample(1, "shop")))
            }
            if path.hasSuffix("/\(Self.id)") {
                return .reply(status: 200, .wire(Finetuning.sample(Self.id, .succeeded, model: "ft:gpt:shop")))
            }
            return .reply(status: 200, [])
        } _: { session in
            try await FinetuningReport.parse([Self.id.description, "--html", "-"]).run(in: session)
        }
    }

    private static let first = JSONValue.wire(FinetuningEvent.sample("the first", sequence: 1))

    private static func refusal(_ code: ErrorCode) -> JSONValue {
        .wire(APIError(code, "the stream ends", remedy: "See."))
    }

    @Test(
        "the whole history, though its stream breaks off",
        arguments: [
            PlayedDaemon.Answer.brokenOff([first], status: 409, refusal(.streamLagged)),
            .brokenOff([first], status: 503, refusal(.shuttingDown)), .stream([first], end: nil),
        ])
    func wholeHistory(ending: PlayedDaemon.Answer) async throws {
        let performance = try await report(ending)
        #expect(performance.status == 0)
        #expect(performance.output.contains("the first") && performance.output.contains("the second"))
    }

    @Test("no page at all where the history is refused")
    func refusedHistory() async throws {
        let performance = try await report(.brokenOff([Self.first], status: 500, Self.refusal(.internalError)))
        #expect(performance.status == 1)
        #expect(performance.output.isEmpty)
    }
}
