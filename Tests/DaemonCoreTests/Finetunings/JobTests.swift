import Identifiers
import Jobs
import LineTransport
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("a finetuning from its order to its end", .timeLimit(.minutes(5)))
struct JobTests {
    @Test("a job of usual course succeeds, and tells every step in order")
    func aUsualJobSucceeds() async throws {
        try await withDaemon { daemon in
            let library = try await daemon.prepareLibrary()
            let ordered = try await daemon.order(library.connection.id)
            #expect(ordered.status == .queued)
            let ended = try await daemon.end(of: ordered.id)

            #expect(ended.status == .succeeded)
            #expect(ended.step == .done)
            #expect(ended.modelID == ScriptedProvider.tunedModel)
            #expect(ended.goldenRecords == library.records.map(\.id))
            #expect(ended.trainingFile?.examples == 12)
            let names = try await daemon.events(of: ordered.id).map(\.event)
            #expect(
                names == [
                    "accepted", "training_file_built", "upload_started", "file_uploaded", "submit_started",
                    "job_created", "status_changed", "provider_message", "metrics", "status_changed",
                    "status_changed", "succeeded",
                ])
        }
    }
}
