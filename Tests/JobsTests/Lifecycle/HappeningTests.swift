import Identifiers
import Jobs
import Testing

@Suite("What is told of a job")
struct HappeningTests {
    @Test("has a name, a sentence and facts")
    func facts() {
        let waiting = Happening.waiting(reason: "slow down", delay: .milliseconds(1_500))
        #expect(waiting.name == "waiting")
        #expect(waiting.message == "slow down; trying again in 2 s")
        #expect(waiting.detail == ["retry_in_seconds": .integer(2)])
        let ended = Happening.ended(.failed(JobFailure(code: "file_unusable", message: "line 3")))
        #expect(ended.name == "failed")
        #expect(ended.level == .error)
        #expect(ended.detail == ["code": .text("file_unusable")])
        let built = Happening.trainingFileBuilt(Sample.dataset)
        #expect(built.detail["examples"] == .integer(12))
        #expect(built.detail["sha256"] == .text(Sample.dataset.sha256))
        #expect(Happening.statusChanged(.validatingFiles).detail == ["status": .text("validating_files")])
    }

    @Test("by the provider is a message or a measurement, and known by its id")
    func providerEvents() {
        let id = ProviderEventID(rawValue: "ev-1")
        let words = ProviderEvent(id: id, at: Sample.now, level: .warning, message: "slow")
        #expect(Happening.providerEvent(words).name == "provider_message")
        #expect(Happening.providerEvent(words).level == .warning)
        #expect(Happening.providerEvent(words).providerEventID == id)
        let metrics = ProviderEvent(
            id: id, at: Sample.now, level: .info, message: "step 3", metrics: ["train_loss": 0.5])
        #expect(Happening.providerEvent(metrics).name == "metrics")
        #expect(Happening.providerEvent(metrics).detail == ["train_loss": .number(0.5)])
        #expect(Happening.resumed.providerEventID == nil)
    }
}
