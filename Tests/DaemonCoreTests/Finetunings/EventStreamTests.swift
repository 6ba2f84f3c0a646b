import Identifiers
import Jobs
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("streams of events", .timeLimit(.minutes(5)))
struct EventStreamTests {
    @Test("a reader who leaves and comes back with `after` misses nothing and gets nothing twice")
    func aReaderResumesWithoutGaps() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let ordered = try await daemon.order(library.connection.id)
            var seen: [Wire.FinetuningEvent] = []
            while seen.last?.event != "succeeded" {
                seen += try await daemon.follow(ordered.id, EventsQuery(after: seen.last?.sequence, follow: true)) {
                    _ in
                    true
                }
            }
            #expect(try await daemon.events(of: ordered.id) == seen)
            #expect(seen.map(\.sequence) == Array(1...seen.count))
        }
    }

    @Test("many readers of one finetuning all see the same events to the end")
    func manyReadersSeeTheSame() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let ordered = try await daemon.order(library.connection.id)
            let all = try await withThrowingTaskGroup(of: [Wire.FinetuningEvent].self) { group in
                for _ in 0..<20 { group.addTask { try await daemon.follow(ordered.id) { _ in false } } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let stored = try await daemon.events(of: ordered.id)
            #expect(all.count == 20 && all.allSatisfy { $0 == stored })
        }
    }

    @Test("the last line tells where to go on and how the finetuning is")
    func theLastLineTellsWhereToGoOn() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let ordered = try await daemon.order(library.connection.id)
            _ = try await daemon.end(of: ordered.id)
            let count = try await daemon.events(of: ordered.id).count
            for (query, last) in [("", count), ("?after=\(count)&follow=true", count), ("?after=900", 900)] {
                var reply: Reply?
                for try await line in daemon.client.stream(.get, "/api/v1/finetunings/\(ordered.id)/events\(query)") {
                    reply = line
                }
                let end = try #require(reply).response(EventsEnd.self)
                #expect(end == EventsEnd(lastSequence: last, status: .succeeded))
            }
        }
    }

    @Test("a stream that its connection ends says so with status 499, and other streams go on")
    func aStreamCanBeEnded() async throws {
        try await withDaemon { daemon in
            await daemon.provider.setPhases(.running)
            let library = try await daemon.prepareLibrary()
            let ordered = try await daemon.order(library.connection.id)
            try await daemon.wait(for: "status_changed", of: ordered.id)
            let path = "/api/v1/finetunings/\(ordered.id)/events?follow=true"
            let other = daemon.client.stream(.get, path)
            var replies: [Reply] = []
            for try await reply in daemon.client.stream(.get, path) {
                if replies.isEmpty { _ = try await daemon.client.call(Routes.endRequest, reply.id.pathText) }
                replies.append(reply)
            }
            #expect(replies.last?.status == 499)
            #expect(try replies.last?.refusal().code == .streamEnded)

            await daemon.provider.advanceJobs(to: .succeeded(model: "m"))
            var lines = 0
            for try await line in other where line.isPartial { lines += 1 }
            #expect(try await daemon.events(of: ordered.id).count == lines)
        }
    }

    @Test("a stream with a text for an id is ended by that text, percent-encoded")
    func aStreamWithATextIDCanBeEnded() async throws {
        try await withDaemon { daemon in
            await daemon.provider.setPhases(.running)
            let library = try await daemon.prepareLibrary()
            let ordered = try await daemon.order(library.connection.id)
            let raw = try await RawConnection.connect(toUnixSocket: daemon.workplace.socketPath)
            try await raw.send(
                #"{"id":"a/b c","method":"GET","path":"/api/v1/finetunings/\#(ordered.id)/events?follow=true"}"# + "\n")
            _ = try await raw.reply()
            try await raw.send(#"{"id":2,"method":"DELETE","path":"/api/v1/requests/a%2Fb%20c"}"# + "\n")
            var last: Reply?
            var answer: Reply?
            while last?.status != 499 || answer == nil {
                let reply = try #require(try await raw.reply())
                if reply.id == .integer(2) { answer = reply } else { last = reply }
            }
            #expect(answer?.status == 200)
            #expect(last?.id == .string("a/b c"))
            try await raw.close()
        }
    }

    @Test("a daemon that ends ends its streams with the number to go on after, and a new one goes on there")
    func aStopTellsWhereToGoOn() async throws {
        let workplace = try Workplace()
        let provider = ScriptedProvider(phases: [.running])
        var order: ObjectID?
        var resumeAfter: Int?
        var seen: [Int] = []
        try await withDaemon(at: workplace, provider) { daemon in
            let library = try await daemon.prepareLibrary()
            let ordered = try await daemon.order(library.connection.id)
            order = ordered.id
            let path = "/api/v1/finetunings/\(ordered.id)/events?follow=true"
            for try await reply in daemon.client.stream(.get, path) {
                guard reply.isPartial else {
                    let refusal = try reply.refusal()
                    #expect(refusal.code == .shuttingDown)
                    resumeAfter = refusal.detail["resume_after"]?.integer
                    break
                }
                let event = try reply.response(Wire.FinetuningEvent.self)
                seen.append(event.sequence)
                if event.event == "metrics" { daemon.core.stopServing() }
            }
        }
        #expect(resumeAfter == seen.last)
        let id = try #require(order)
        await provider.advanceJobs(to: .succeeded(model: "m"))
        try await withDaemon(at: workplace, provider) { daemon in
            seen += try await daemon.follow(id, EventsQuery(after: resumeAfter, follow: true)) { _ in false }
                .map(\.sequence)
            #expect(seen == Array(1...seen.count))
            #expect(try await daemon.read(id).status == .succeeded)
        }
    }
}
