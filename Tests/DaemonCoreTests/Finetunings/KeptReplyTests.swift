import Identifiers
import Jobs
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("kept replies", .timeLimit(.minutes(5)))
struct KeptReplyTests {
    @Test("whoever writes reads what was written, however many read at the same time")
    func aReadIsNeverStale() async throws {
        try await withDaemon { daemon in
            await daemon.provider.setPhases(.running)
            let library = try await daemon.prepareLibrary()
            let id = try await daemon.order(library.connection.id).id
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        while !Task.isCancelled { _ = try await daemon.read(id) }
                    }
                }
                for number in 0..<100 {
                    let written = FinetuningChanges(metadata: .set(["number": .number(JSONNumber(number))]))
                    _ = try await daemon.client.call(Routes.changeFinetuning, id, body: written)
                    #expect(try await daemon.read(id).metadata?["number"]?.integer == number)
                }
                group.cancelAll()
                while let result = await group.nextResult() {
                    if case .failure(let error) = result, !(error is CancellationError) { throw error }
                }
            }
        }
    }

    @Test("whoever saw an event reads a finetuning that is as far as the event says")
    func aReadIsNotOlderThanTheEvents() async throws {
        for _ in 0..<8 {
            try await withDaemon { daemon in
                let library = try await daemon.prepareLibrary(records: 10)
                let id = try await daemon.order(library.connection.id).id
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<2 {
                        group.addTask {
                            while !Task.isCancelled { _ = try await daemon.read(id) }
                        }
                    }
                    var statuses: [Wire.FinetuningStatus] = []
                    let client = try await daemon.connect()
                    for try await element in try client.stream(
                        Routes.finetuningEvents, id, query: EventsQuery(follow: true))
                    {
                        guard case .response(let event) = element, event.event == "status_changed" else { continue }
                        let told = event.detail["status"]?.string.flatMap(Wire.FinetuningStatus.init)
                        statuses.append(try #require(told))
                        let read = try await daemon.read(id).status
                        #expect(read == told || !statuses.contains(read), "told \(statuses), read \(read)")
                    }
                    #expect(try await daemon.read(id).status == .succeeded)
                    await client.close()
                    group.cancelAll()
                    while let result = await group.nextResult() {
                        if case .failure(let error) = result, !(error is CancellationError) { throw error }
                    }
                }
            }
        }
    }

    @Test("a kept reply is the same as one that was made anew")
    func aKeptReplyIsTheSame() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let id = try await daemon.order(library.connection.id).id
            _ = try await daemon.end(of: id)
            let first = try await daemon.send(.get, "/finetunings/\(id)")
            let second = try await daemon.send(.get, "/finetunings/\(id)")
            let other = try await daemon.send(.get, "/finetuning-jobs/\(id)")
            #expect(first.body.text == second.body.text && second.body.text == other.body.text)
            #expect(first.status == 200 && second.status == 200 && other.status == 200)
        }
    }
}
