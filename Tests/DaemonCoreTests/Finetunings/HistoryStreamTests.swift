import Identifiers
import Jobs
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("streams of all finetunings' events", .timeLimit(.minutes(5)))
struct HistoryStreamTests {
    /// The events that a query gives, and the position to go on after.
    private func read(
        _ daemon: TestDaemon, _ query: HistoryQuery = HistoryQuery()
    ) async throws -> (events: [HistoryEvent], end: Int) {
        var events: [HistoryEvent] = []
        for try await element in EventFeed(of: query, at: .chosen(daemon.workplace.socketPath)) {
            switch element {
            case .event(let event, _): events.append(event)
            case .interrupted(let error): throw error
            case .end(let body): return (events, try WireDecoder().decode(HistoryEnd.self, from: body).lastPosition)
            }
        }
        throw ClientError.connectionLost
    }

    /// Two finetunings that are over, of different connections, and one that waits.
    private func makeHistory(_ daemon: TestDaemon) async throws -> [Wire.Finetuning] {
        var finetunings: [Wire.Finetuning] = []
        for alias in ["one", "two"] {
            let library = try await daemon.prepareLibrary(alias)
            finetunings.append(try await daemon.order(library.connection.id, alias: alias))
            _ = try await daemon.end(of: finetunings.last?.id ?? library.connection.id)
        }
        await daemon.provider.script(.upload, .fail(.downForHours))
        finetunings.append(try await daemon.order(finetunings[1].databaseConnection, alias: "three"))
        try await daemon.wait(for: "waiting", of: finetunings[2].id)
        return finetunings
    }

    @Test("hold each event of each finetuning once, in the order of their positions")
    func holdEachEventOnce() async throws {
        try await withDaemon { daemon in
            let finetunings = try await makeHistory(daemon)
            let (events, end) = try await read(daemon)
            #expect(events.map(\.position) == events.map(\.position).sorted())
            #expect(Set(events.map(\.position)).count == events.count)
            #expect(events.last?.position == end)
            for finetuning in finetunings {
                let own = events.filter { $0.finetuning == finetuning.id }
                let stored = try await daemon.events(of: finetuning.id)
                let expected = zip(stored, own).map { event, placed in
                    HistoryEvent(
                        position: placed.position, finetuning: finetuning.id, finetuningAlias: finetuning.alias,
                        databaseConnection: finetuning.databaseConnection, event)
                }
                #expect(own == expected && own.count == stored.count)
            }
        }
    }

    @Test("go on after any position exactly, and after the last with nothing")
    func goOnExactly() async throws {
        try await withDaemon { daemon in
            _ = try await makeHistory(daemon)
            let (all, end) = try await read(daemon)
            for place in all.indices {
                let rest = try await read(daemon, HistoryQuery(after: all[place].position))
                #expect(rest.events == Array(all[(place + 1)...]))
                #expect(rest.end == end)
            }
            #expect(try await daemon.refusal(.get, "/events?after=-1").code == .invalidField)
        }
    }

    @Test("hold what passes every filter, and tell how far they looked")
    func filters() async throws {
        try await withDaemon { daemon in
            let finetunings = try await makeHistory(daemon)
            let (all, end) = try await read(daemon)
            let connection = finetunings[1].databaseConnection
            let filters: [(HistoryQuery, (HistoryEvent) -> Bool)] = [
                (HistoryQuery(finetuning: finetunings[0].id), { $0.finetuning == finetunings[0].id }),
                (HistoryQuery(databaseConnection: connection), { $0.databaseConnection == connection }),
                (HistoryQuery(level: .warning), { $0.level == .warning }),
                (HistoryQuery(event: "succeeded"), { $0.event == "succeeded" }),
                (
                    HistoryQuery(databaseConnection: connection, event: "accepted"),
                    { event in
                        event.databaseConnection == connection && event.event == "accepted"
                    }
                ),
                (HistoryQuery(event: "job_adopted"), { _ in false }),
            ]
            for (query, passes) in filters {
                let found = try await read(daemon, query)
                #expect(found.events == all.filter(passes), "\(query)")
                #expect(found.events.isEmpty == (query.event == "job_adopted"), "\(query)")
                #expect(found.end == end)
            }
        }
    }

    @Test("that follow tell of finetunings that are ordered later, from their first event on")
    func follow() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let first = try await daemon.order(library.connection.id, alias: "first")
            var later: Wire.Finetuning?
            var seen: [HistoryEvent] = []
            let feed = EventFeed(of: HistoryQuery(follow: true), at: .chosen(daemon.workplace.socketPath))
            for try await element in feed {
                guard case .event(let event, _) = element else { break }
                seen.append(event)
                if event.event == "succeeded", event.finetuning == first.id {
                    later = try await daemon.order(library.connection.id, alias: "later")
                }
                if event.event == "succeeded", event.finetuning == later?.id { break }
            }
            let own = seen.filter { $0.finetuning == later?.id }.map(\.sequence)
            #expect(own == Array(1...own.count))
            #expect(try await read(daemon).events == seen)
        }
    }

    @Test("whose reader lags end with the position to go on after; nothing is missed and nothing comes twice")
    func lagging() async throws {
        try await withDaemon(ScriptedProvider(), .impatient) { daemon in
            let finetunings = try await makeHistory(daemon)
            try await daemon.addLongEvents(to: finetunings[2].id)
            var positions: [Int] = []
            let reader = try await daemon.lagging(on: "/api/v1/events")
            while let reply = try await reader.reply() {
                guard reply.isPartial else {
                    let refusal = try reply.refusal()
                    #expect(refusal.code == .streamLagged)
                    #expect(refusal.detail["resume_after"]?.integer == positions.last)
                    break
                }
                positions.append(try reply.response(HistoryEvent.self).position)
            }
            try await reader.close()
            // The feed lags too now and then, and goes on by itself.
            positions += try await read(daemon, HistoryQuery(after: positions.last)).events.map(\.position)
            #expect(positions.count >= 2_000)
            #expect(positions == positions.sorted() && Set(positions).count == positions.count)
        }
    }

    @Test("end with the daemon, which says where to go on")
    func endWithTheDaemon() async throws {
        try await withDaemon { daemon in
            _ = try await makeHistory(daemon)
            var last: Int?
            for try await reply in daemon.client.stream(.get, "/api/v1/events?follow=true") {
                guard reply.isPartial else {
                    let refusal = try reply.refusal()
                    #expect(refusal.code == .shuttingDown)
                    #expect(refusal.detail["resume_after"]?.integer == last)
                    break
                }
                last = try reply.response(HistoryEvent.self).position
                if try reply.response(HistoryEvent.self).event == "waiting" { daemon.core.endStreams() }
            }
            #expect(last != nil)
        }
    }
}
