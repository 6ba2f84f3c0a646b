import Identifiers
import Jobs
import Testing

@testable import DaemonCore
@testable import FinetuneAPI

@Suite("the health of providers")
struct ProviderRegistryTests {
    private let registry = ProviderRegistry([ScriptedProvider()])
    private func at(_ second: Int) -> Timestamp { Timestamp(microseconds: Int64(second) * 1_000_000) }

    private func fail(_ error: ProviderError, times: Int = 5) {
        for _ in 0..<times { registry.note(error, of: .openAI, as: .daemon, at: at(0)) }
    }

    private var state: ProviderHealth.State? { registry.wireHealth(at: at(0)).first?.state }

    @Test("after several failures in a row a provider is left alone for a while, and then tried by one job")
    func aFailingProviderIsLeftAlone() throws {
        #expect(state == .unknown)
        fail(.down, times: 4)
        #expect(state == .failing && registry.holdOff(.openAI, at: at(0)) == nil)
        fail(.lost, times: 1)
        #expect(state == .paused)
        let until = try #require(registry.holdOff(.openAI, at: at(0)))
        #expect(registry.holdOff(.openAI, at: until) == nil)
        #expect(registry.holdOff(.openAI, at: until) != nil)
        registry.noteAnswer(of: .openAI, as: .daemon)
        #expect(registry.holdOff(.openAI, at: until) == nil && state == .healthy)
    }

    @Test("a job that was let through and made no call leaves the try to the next")
    func aTryWithoutACallIsPassedOn() throws {
        fail(.down)
        let until = try #require(registry.holdOff(.openAI, at: at(0)))
        #expect(registry.holdOff(.openAI, at: until) == nil)
        registry.noteEndOfWork(with: .openAI, at: until)
        #expect(registry.holdOff(.openAI, at: until) == nil)
    }

    @Test(
        "answers that are no faults of the provider's do not pause it",
        arguments: [ProviderError.tooOften, .badKey, .notAllowed, .missing, .cancelled])
    func refusalsDoNotPause(_ error: ProviderError) {
        fail(error, times: 20)
        #expect(registry.holdOff(.openAI, at: at(0)) == nil)
    }

    @Test("a provider that lets jobs wait for an answer is told of, for as long as none comes")
    func silenceIsTold() {
        func message(at second: Int) -> String? { registry.wireHealth(at: at(second)).first?.message }
        registry.noteCall(to: .openAI, at: at(0))
        registry.noteCall(to: .openAI, at: at(5))
        #expect(message(at: 9) == nil)
        #expect(message(at: 20) == "no answer for 20 s" && state == .unknown)
        registry.noteAnswer(of: .openAI, as: .daemon)
        registry.noteEndOfCall(to: .openAI, at: at(20))
        #expect(message(at: 21) == nil)
        #expect(message(at: 50) == "no answer for 30 s" && state == .healthy)
        registry.noteEndOfCall(to: .openAI, at: at(50))
        #expect(message(at: 90) == nil)
    }

    @Test("a refused key is told with what to do, if it is the daemon's own")
    func aRefusedKeyIsTold() {
        let (key, connection) = (Secret("sk-0123456789abcd"), ObjectID(seconds: 1, suffix: 1))
        registry.note(.badKey, of: .openAI, as: .own(key, of: connection), at: at(0))
        #expect(state == .unknown && registry.refusedKeys == [connection: key])
        registry.note(.badKey, of: .openAI, as: .daemon, at: at(0))
        let health = registry.wireHealth(at: at(0))
        #expect(health.first?.state == .keyRefused)
        #expect(health.first?.message?.contains("give it another key") == true)
        registry.noteKeys(remedies: [.openAI: "replace OPENAI_API_KEY"])
        #expect(state == .unknown)
        registry.note(.badKey, of: .openAI, as: .daemon, at: at(0))
        #expect(registry.wireHealth(at: at(0)).first?.message?.hasSuffix("; replace OPENAI_API_KEY") == true)
    }

    @Test(
        "an answer shows that a connection's key is taken, also one that refuses something else",
        arguments: [
            (.missing, false), (.tooOften, true), (.cancelled, true), (.badKey, true),
        ] as [(ProviderError, Bool)])
    func aKeyThatIsTakenAgain(_ error: ProviderError, _ isToldOf: Bool) {
        let (key, connection) = (Secret("sk-0123456789abcd"), ObjectID(seconds: 1, suffix: 1))
        registry.note(.badKey, of: .openAI, as: .own(key, of: connection), at: at(0))
        registry.note(error, of: .openAI, as: .own(key, of: connection), at: at(1))
        #expect(registry.refusedKeys.keys.contains(connection) == isToldOf)
    }

    @Test("a key that is missing is told until a connection's own key has worked")
    func aMissingKeyIsTold() {
        let registry = ProviderRegistry([ScriptedProvider(hasKey: false)])
        registry.noteKeys(remedies: [.openAI: "set OPENAI_API_KEY"])
        #expect(registry.wireHealth(at: at(0)).map(\.state) == [.keyMissing])
        #expect(registry.wireHealth(at: at(0)).first?.message == "the daemon has no key for it; set OPENAI_API_KEY")
        registry.noteAnswer(of: .openAI, as: .daemon)
        #expect(registry.wireHealth(at: at(0)).map(\.state) == [.healthy])
        registry.note(.badKey, of: .openAI, as: .daemon, at: at(0))
        #expect(registry.wireHealth(at: at(0)).map(\.state) == [.keyMissing])
    }
}
